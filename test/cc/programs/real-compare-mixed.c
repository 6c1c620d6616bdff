/* Floating point compared with integers of all kinds. */
#include "show.h"

int main(void)
{
    double d = 4294967296.0;
    float f = 0.5f;
    unsigned u = 4294967295u;
    long long l = 4294967297LL;
    show("%d%d%d%d%d\n", d > u, l > d, f < 1, d == l - 1, -1 < f);
    show("%d%d\n", u < d && f, !(f > d) || l);
    return 0;
}
