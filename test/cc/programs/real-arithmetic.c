/* Sums, differences, products and quotients of doubles. */
#include "show.h"

int main(void)
{
    double a = 7.5, b = -2.25;
    show("%f %f %f %f\n", a + b, a - b, a * b, a / b);
    show("%f %f\n", -a, +b);
    a += 1; a *= 2; a -= 0.5; a /= 4;
    show("%f\n", a);
    return 0;
}
