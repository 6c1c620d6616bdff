/* An expression deeper than any machine has registers. */
#include "show.h"

static int f(int x) { return x + 1; }
int main(void)
{
    int a = 1, b = 2, c = 3, d = 4;
    int r = ((a + b) * (c + d) - ((a - d) * (b - c) + ((a + c) * (b + d) - (a * b + c * d)))) *
            (((a + 1) * (b + 1)) - ((c + 1) * (d + 1) - f((a + b) * (c + f(d)))));
    show("%d\n", r);
    r = f(f(a) * f(b) + f(c) * f(d)) - (f(a + f(b + f(c + f(d)))) << f(a)) / f(b);
    show("%d\n", r);
    return 0;
}
