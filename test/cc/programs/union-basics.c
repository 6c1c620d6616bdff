/* A union's members share their bytes. */
#include "show.h"

union u { int i; unsigned char c[4]; short s; float f; };
int main(void)
{
    union u u, v;
    u.i = 0x01020304;
    show("%d %d %d %d\n", u.c[0], u.c[3], u.s, (int)sizeof u);
    u.c[1] = 0xFF;
    v = u;
    show("%x\n", v.i);
    v.f = 1.0f;
    show("%x\n", v.i);
    return 0;
}
