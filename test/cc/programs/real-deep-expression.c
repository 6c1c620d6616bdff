/* More intermediate results than the x87 has places. */
#include "show.h"

static double f(double x) { return x + 1; }
int main(void)
{
    double a = 1, b = 2, c = 3, d = 4;
    double r = ((a + b) * (c + d) - ((a - d) * (b - c) + ((a + c) * (b + d) - (a * b + c * d)))) *
               (((a + 1) * (b + 1)) - ((c + 1) * (d + 1) - f((a + b) * (c + f(d)))));
    show("%f\n", r);
    r = a + (b + (c + (d + (a + (b + (c + (d + (a + (b + (c + f(d)))))))))));
    show("%f\n", r);
    return 0;
}
