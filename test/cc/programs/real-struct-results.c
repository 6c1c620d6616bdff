/* Structures of floating point as arguments and results. */
#include "show.h"

struct complex { double re, im; };
static struct complex times(struct complex a, struct complex b)
{
    struct complex r = { a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re };
    return r;
}
int main(void)
{
    struct complex a = { 1, 2 }, b = { 0.5, -1 }, c = times(times(a, b), a);
    show("%f %f\n", c.re, c.im);
    return 0;
}
