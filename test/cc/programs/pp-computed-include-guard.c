/* Conditions around whole files, and macros that test macros. */
#include "show.h"

#define HAVE(x) (HAVE_##x)
#define HAVE_ONE 1
#define HAVE_TWO 0
#if HAVE(ONE) && !HAVE(TWO)
#define RESULT "right"
#else
#define RESULT "wrong"
#endif
int main(void)
{
    show("%s\n", RESULT);
    return 0;
}
