/* inline functions are functions. */
#include "show.h"

static inline int twice(int n) { return n * 2; }
inline static int thrice(int n) { return n * 3; }
static __inline__ int four(int n) { return n * 4; }
int main(void)
{
    int (*f)(int) = thrice;
    show("%d %d %d\n", twice(2), f(3), four(4));
    return 0;
}
