/* Conditions nest, in groups that are skipped too. */
#include "show.h"

int main(void)
{
#if 0
# if 1
    show("bad\n");
# elif 1
    show("bad\n");
# else
    show("bad\n");
# endif
#else
# if 0
    show("bad\n");
# else
#  ifdef __STDC__
    show("good\n");
#  endif
# endif
#endif
    return 0;
}
