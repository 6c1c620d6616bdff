/* In a skipped group only directives matter: quotes and comments need not be in order. */
#include "show.h"

int main(void)
{
#if 0
    don't mind this "quote
    /* a comment hides
#endif
    until here */
    @ ` $ \
#else
    bad
#unknown directive
#else
    show("fine\n");
#endif
    return 0;
}
