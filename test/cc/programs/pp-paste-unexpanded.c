/* Operands of '##' are not expanded before. */
#include "show.h"

#define A B
#define AA 1
#define BB 2
#define glue(x, y) x##y
#define glue2(x, y) glue(x, y)

int main(void)
{
    show("%d %d\n", glue(A, A), glue2(A, A));
    return 0;
}
