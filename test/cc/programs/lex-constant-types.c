/* A constant has the first type that holds it. */
#include "show.h"

int main(void)
{
    show("%d %d %d\n", (int)sizeof 2147483647, (int)sizeof 2147483648, (int)sizeof 4294967295);
    show("%d %d %d\n", (int)sizeof 0x7FFFFFFF, (int)sizeof 0xFFFFFFFF, (int)sizeof 0x100000000);
    show("%d %d\n", 0xFFFFFFFF > -1 ? 1 : 0, 4294967295 > -1);
    show("%d %d\n", (int)sizeof 1U, (int)sizeof 1UL);
    show("%d\n", -2147483648 < 0);
    return 0;
}
