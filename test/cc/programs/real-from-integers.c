/* Every integer type becomes floating point. */
#include "show.h"

int main(void)
{
    signed char c = -5;
    unsigned char u = 250;
    int i = -100000;
    unsigned w = 4000000000u;
    long long l = -5000000000LL;
    unsigned long long v = 0xFFFFFFFFFFFFFFFFULL;
    double a = c, b = u, d = i, e = w, f = l, g = v;
    show("%f %f %f %f %f %d\n", a, b, d, e, f, g == 18446744073709551616.0);
    g = 0x8000000000000000ULL;
    show("%d %f\n", g == 9223372036854775808.0, (float)u);
    return 0;
}
