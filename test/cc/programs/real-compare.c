/* Comparisons of doubles, equal ones and negative ones too. */
#include "show.h"

static void compare(double a, double b)
{
    show("%d%d%d%d%d%d\n", a < b, a > b, a <= b, a >= b, a == b, a != b);
}
int main(void)
{
    compare(1, 2);
    compare(2, 1);
    compare(1.5, 1.5);
    compare(-0.0, 0.0);
    compare(-1e300, 1e300);
    return 0;
}
