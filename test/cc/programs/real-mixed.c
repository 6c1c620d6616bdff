/* Integers meet floating point. */
#include "show.h"

int main(void)
{
    int i = 7;
    unsigned u = 3;
    double d = 2.0;
    long long l = 10;
    show("%f %f %f %f\n", i / d, i / 2 * d, u - d * i, l / d + i);
    show("%d %d %d\n", i > d, d == u - 1, l < d);
    i *= 1.5;
    show("%d\n", i);
    return 0;
}
