/* An empty operand of '##' leaves the other one. */
#include "show.h"

#define glue(a, b, c) a##b##c

int main(void)
{
    int xy = 1, x = 2, y = 3;
    show("%d %d %d %d\n", glue(x, , y), glue(x, ,), glue(, y,), glue(, , y));
    return 0;
}
