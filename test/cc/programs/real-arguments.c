/* Arguments and results of every floating-point type. */
#include "show.h"

static float f(float a, double b, int c) { return a * b + c; }
static double d(double a, float b) { return a / b; }
static long double l(long double a, char b, long double c) { return a * b - c; }
int main(void)
{
    show("%f %f %f\n", f(1.5f, 2.5, 3), d(1, 4), (double)l(2.5L, 2, 1.25L));
    show("%f %f\n", f(1, 2, 3.9), d('a', 2));
    return 0;
}
