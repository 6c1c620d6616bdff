/* Decimal, octal, hexadecimal and binary constants with their suffixes. */
#include "show.h"

int main(void)
{
    show("%d %d %d %d\n", 42, 052, 0x2a, 0X2A);
    show("%u %u %D %U\n", 4000000000u, 0xFFFFFFFFU, 5LL, 18446744073709551615ULL);
    show("%d %d %d\n", 0, 00, 0x0);
    show("%d %d %D\n", 7l, 7L, 7ll);
    return 0;
}
