/* Bitwise operators on both halves. */
#include "show.h"

int main(void)
{
    unsigned long long a = 0xFF00FF00FF00FF00ULL, b = 0x0FF00FF00FF00FF0ULL;
    show("%X %X %X %X\n", a & b, a | b, a ^ b, ~a);
    a &= 0xFFFFFFFF;
    b |= 1;
    show("%X %X %X\n", a, b, a ^ -1);
    return 0;
}
