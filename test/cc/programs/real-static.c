/* Static objects start with floating-point values. */
#include "show.h"

static double a = 1.5, b = -2.5, c = 3, d[3] = { 1, -0.5 };
static float e = 0.1f, f = -7;
static long double g = 1.25L;
static int h = (int)3.9, i = -(int)2.5;
static double j = (float)0.1;
int main(void)
{
    show("%f %f %f %f %f %f\n", a, b, c, d[0], d[1], d[2]);
    show("%f %f %f %d %d %d\n", e, f, (double)g, h, i, j == 0.1f);
    return 0;
}
