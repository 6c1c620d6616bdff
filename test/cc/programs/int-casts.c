/* Casts cut off bits and extend signs. */
#include "show.h"

int main(void)
{
    int a = 0x12345678, b = -1, c = 0x1FF80;
    show("%d %d %d %d\n", (char)c, (unsigned char)c, (short)c, (unsigned short)c);
    show("%x %x\n", (unsigned char)a, (short)a);
    show("%d %u %d\n", (unsigned char)b, (unsigned)(short)b, (int)(unsigned short)b);
    show("%d\n", (signed char)(unsigned char)200);
    return 0;
}
