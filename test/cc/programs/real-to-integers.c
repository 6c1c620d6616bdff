/* Conversion to an integer cuts the fraction off. */
#include "show.h"

int main(void)
{
    double a = 3.99, b = -3.99, c = 4000000000.5, d = 5e12, e = 1.8e19, f = 200.7;
    show("%d %d %u %D %U\n", (int)a, (int)b, (unsigned)c, (long long)d, (unsigned long long)e);
    show("%d %d %d %d\n", (char)a, (short)b, (unsigned char)f, (_Bool)0.1);
    int i = a;
    long long l = b;
    i += b;
    show("%d %D\n", i, l);
    return 0;
}
