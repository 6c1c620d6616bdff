/* Only the tokens next to '##' are joined. */
#include "show.h"

#define glue(a, b) a##b

int main(void)
{
    int ab = 5;
    show("%d\n", glue(1 + a, b + 2));
    return 0;
}
