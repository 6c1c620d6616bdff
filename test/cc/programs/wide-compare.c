/* Comparisons that the upper or the lower half decides. */
#include "show.h"

static void compare(long long a, long long b)
{
    unsigned long long c = a, d = b;
    show("%d%d%d%d%d%d ", a < b, a > b, a <= b, a >= b, a == b, a != b);
    show("%d%d%d%d%d%d\n", c < d, c > d, c <= d, c >= d, c == d, c != d);
}
int main(void)
{
    compare(0, 0);
    compare(1, 0x100000000LL);
    compare(0x100000000LL, 0x100000001LL);
    compare(-1, 0);
    compare(-1, -2);
    compare(0x80000000LL, 0x7FFFFFFFLL);
    compare(-9223372036854775807LL - 1, 9223372036854775807LL);
    return 0;
}
