/* The same, computed by the compiler. */
#include "show.h"

enum { A = (char)0x1FF80, B = (unsigned char)-1, C = (short)0x18000, D = (unsigned short)-2 };
int main(void)
{
    show("%d %d %d %d\n", A, B, C, D);
    return 0;
}
