/* From and to every other integer type. */
#include "show.h"

int main(void)
{
    signed char c = -5;
    unsigned char u = 250;
    unsigned int w = 0xFFFFFFF0;
    int i = -16;
    long long a = c, b = u, d = w, e = i;
    unsigned long long f = c, g = w, h = i;
    show("%D %D %D %D\n", a, b, d, e);
    show("%X %X %X\n", f, g, h);
    a = 0x123456789ABCDEF0LL;
    show("%x %x %x %d\n", (int)a, (short)a & 0xFFFF, (unsigned char)a, (_Bool)(a & 0xF00000000));
    return 0;
}
