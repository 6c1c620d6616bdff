/* Right shifts keep the sign of signed types only. */
#include "show.h"

int main(void)
{
    int a = -64, n = 3;
    unsigned b = 0x80000000;
    signed char c = -8;
    unsigned char d = 0x80;
    show("%d %d %x %x\n", a >> n, a >> 1, b >> n, b >> 31);
    show("%d %d %d\n", c >> 1, d >> 3, d << 1);
    show("%d %d\n", 1 << n, n << n);
    return 0;
}
