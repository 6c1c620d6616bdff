/* #if computes in 64 bits. */
#include "show.h"

int main(void)
{
#if 0x7FFFFFFF + 1 > 0
    show("wide\n");
#endif
#if 0xFFFFFFFFFF == 1099511627775
    show("equal\n");
#endif
#if (1 << 40) / 1024 == 1 << 30
    show("shift\n");
#endif
    return 0;
}
