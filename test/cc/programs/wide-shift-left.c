/* Shifts by every part of the range. */
#include "show.h"

int main(void)
{
    unsigned long long a = 0x123456789ABCDEF1ULL;
    int counts[] = { 0, 1, 4, 31, 32, 33, 60, 63 }, i;
    for (i = 0; i < 8; i++) show("%X ", a << counts[i]);
    show("\n%X %X %X %X\n", a << 1, a << 31, a << 32, a << 63);
    a <<= 36;
    show("%X\n", a);
    return 0;
}
