/* What is defined before the first line. */
#include "show.h"

int main(void)
{
#if __STDC__ == 1 && __STDC_VERSION__ >= 199901L && defined(__i386__) && defined(__linux__)
    show("standard\n");
#endif
    show("%d %d\n", (int)sizeof __DATE__, (int)sizeof __TIME__);
    return 0;
}
