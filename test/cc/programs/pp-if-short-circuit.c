/* What is not evaluated in #if may divide by zero. */
#include "show.h"

int main(void)
{
#if defined(NEVER) && 1 / NEVER
    show("bad\n");
#elif 1 || 1 / 0
    show("good\n");
#endif
    return 0;
}
