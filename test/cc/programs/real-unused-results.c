/* Results that nobody wants leave nothing behind. */
#include "show.h"

static double f(double x) { return x + 1; }
int main(void)
{
    double a = 1;
    int i;
    for (i = 0; i < 100; i++) {
        f(a);
        a + f(2);
        a = a + 0.5;
        a > 3 ? f(1) : f(2);
        (void)f(a);
        (f(1), a++);
    }
    show("%f\n", a * f(a) + f(1));
    return 0;
}
