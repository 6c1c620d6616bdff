/* Bit-fields over the bytes of a union. */
#include "show.h"

union u { unsigned n; struct { unsigned low : 12, middle : 8, high : 12; } f; unsigned char c : 4; };
int main(void)
{
    union u u;
    u.n = 0xABCDE123;
    show("%x %x %x %x %d\n", u.f.low, u.f.middle, u.f.high, u.c, (int)sizeof u);
    u.f.middle = 0x5A;
    show("%x\n", u.n);
    return 0;
}
