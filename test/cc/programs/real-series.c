/* A series converges. */
#include "show.h"

int main(void)
{
    double pi = 0, sign = 1, e = 1, term = 1, root = 2;
    int i;
    for (i = 0; i < 2000; i++, sign = -sign) pi += sign * 4 / (2 * i + 1);
    for (i = 1; i < 20; i++) e += term /= i;
    for (i = 0; i < 10; i++) root = (root + 2 / root) / 2;
    show("%f %f %f\n", pi, e, root);
    return 0;
}
