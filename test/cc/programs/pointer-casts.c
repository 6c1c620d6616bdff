/* The same bytes through other types. */
#include "show.h"

int main(void)
{
    unsigned a = 0x11223344;
    unsigned char *p = (unsigned char *)&a;
    unsigned short *q = (unsigned short *)(p + 1);
    unsigned n = (unsigned)&a;
    show("%x %x %x %d\n", p[0], p[3], *q, *(int *)n == a);
    *(char *)&a = 0;
    show("%x\n", a);
    return 0;
}
