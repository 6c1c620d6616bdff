/* A macro call may span many lines. */
#include "show.h"

#define sum(a, b, c) ((a) + (b) + (c))
int main(void)
{
    show("%d\n", sum(1,
        /* the second */ 2,

        3
    ));
    return 0;
}
