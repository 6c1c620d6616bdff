/* Arguments of every size, in order. */
#include "show.h"

static int f(char a, short b, int c, unsigned char d, unsigned short e)
{
    show("%d %d %d %d %d\n", a, b, c, d, e);
    return a + b + c + d + e;
}
int main(void)
{
    show("%d\n", f(-1, -2, -3, 254, 65533));
    show("%d\n", f(1000, 100000, 5, -1, -1));
    return 0;
}
