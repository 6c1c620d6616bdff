/* Calls while a floating-point operand waits. */
#include "show.h"

static int depth(int n) { return n ? 1 + depth(n - 1) : 0; }
static double half(double x) { return x / 2; }
int main(void)
{
    double a = 10;
    show("%f\n", a * (half(a) + depth(5) * (half(half(a)) - depth(3))));
    show("%f\n", half(a + half(a + half(a + half(a)))));
    return 0;
}
