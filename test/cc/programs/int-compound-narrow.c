/* A compound assignment computes wide and stores narrow. */
#include "show.h"

int main(void)
{
    unsigned char c = 250;
    signed char s = 100;
    short h = 30000;
    c += 10;
    s += 100;
    h *= 2;
    show("%d %d %d\n", c, s, h);
    c = 1; c <<= 9; show("%d ", c);
    c = 200; c = c * 2 / 2; show("%d ", c);
    s = -128; s /= -1; show("%d\n", s);
    return 0;
}
