/* Arguments may be empty. */
#include "show.h"

#define pick(a, b, c) (1 a b c)
#define nothing(x) (3 x)

int main(void)
{
    show("%d %d %d %d\n", pick(, + 2,), pick(+ 3, , ), pick(,,), nothing());
    return 0;
}
