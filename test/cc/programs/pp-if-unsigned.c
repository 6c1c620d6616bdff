/* Unsigned operands make #if compare without sign. */
#include "show.h"

int main(void)
{
#if -1 > 0u
    show("unsigned\n");
#else
    show("signed\n");
#endif
#if -1 < 0
    show("less\n");
#endif
    return 0;
}
