/* Narrow variables in every operator. */
#include "show.h"

static int f(unsigned char a, signed char b, unsigned short c)
{
    return (a << 8 | c >> 8) - (b * a) + (c % a) / (b ? b : 1) ^ (a > b) ^ -(c < a);
}
int main(void)
{
    show("%d %d %d\n", f(200, -100, 60000), f(1, 0, 1), f(255, 127, 65535));
    return 0;
}
