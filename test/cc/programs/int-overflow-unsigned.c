/* Unsigned numbers wrap around. */
#include "show.h"

int main(void)
{
    unsigned a = 0xFFFFFFFF, b = 65536;
    show("%u %u %u %u\n", a + 1, a * a, b * b, 0 - b);
    unsigned short s = 65535;
    s = s + 2;
    show("%d\n", s);
    return 0;
}
