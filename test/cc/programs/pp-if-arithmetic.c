/* #if computes with all operators of integers. */
#include "show.h"

int main(void)
{
#if 1 + 2 * 3 == 7 && (10 - 4) / 3 == 2 && 17 % 5 == 2
    show("a");
#endif
#if (1 << 4 | 3) == 19 && (0xFF & ~0x0F) == 0xF0 && (6 ^ 5) == 3 && 256 >> 4 == 16
    show("b");
#endif
#if !0 && -1 < 0 && +3 > 2 && 2 <= 2 && 3 >= 3 && 1 != 2
    show("c");
#endif
#if (0 ? 1 / 0 : 5) == 5 && (1 ? 2 : 3) == 2
    show("d");
#endif
    show("\n");
    return 0;
}
