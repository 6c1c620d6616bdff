/* A backslash at a line's end joins it with the next, in words and strings too. */
#include "show.h"

#define SUM 1 + \
    2 + \
    3
int ma\
in(void)
{
    show("joi\
ned %d\n", SUM);
    // a comment that goes \
    show("bad\n");
    return 0;
}
