/* A name of a macro with parameters may be passed on. */
#include "show.h"

#define inc(x) ((x) + 1)
#define apply(m, x) m(x)
#define twice(m, x) m(m(x))
int main(void)
{
    show("%d %d %d\n", apply(inc, 4), twice(inc, 7), apply(apply(inc, 1) +, 3));
    return 0;
}
