/* 32.32 fixed-point numbers. */
#include "show.h"

typedef long long fixed;
static fixed multiply(fixed a, fixed b) { return (a >> 16) * (b >> 16); }
int main(void)
{
    fixed a = (fixed)3 << 32 | 0x80000000u, b = -((fixed)2 << 32) + 0x40000000;
    fixed c = multiply(a, b);
    show("%d %x %D\n", (int)(c >> 32), (unsigned)c, c);
    return 0;
}
