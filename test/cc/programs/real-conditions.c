/* Floating point decides. */
#include "show.h"

int main(void)
{
    double a = 0.5, z = 0;
    float f = 0;
    int n = 0;
    if (a) n += 1;
    if (z) n += 2;
    if (!f) n += 4;
    while (a < 3) a += 0.5, n += 8;
    n += a ? 100 : 200;
    n += z || f ? 1000 : 2000;
    for (f = 0; f < 1; f += 0.25f) n += 10000;
    show("%d %f\n", n, a);
    return 0;
}
