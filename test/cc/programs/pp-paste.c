/* '##' makes one token of two. */
#include "show.h"

#define glue(a, b) a##b

int main(void)
{
    int counter = 4, x12 = 7;
    glue(coun, ter) glue(+, =) glue(1, 0);
    show("%d %d %d\n", counter, glue(x, 12), glue(0x, ff));
    return 0;
}
