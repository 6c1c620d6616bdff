/* Products of all four halves. */
#include "show.h"

int main(void)
{
    long long a = 123456789012LL, b = -98765;
    unsigned long long c = 0xFFFFFFFFFFFFFFFFULL, d = 0x123456789ULL;
    show("%D %D %U %X\n", a * b, b * b, c * c, d * d);
    show("%X %D\n", c * 2, a * -1);
    a *= 7;
    show("%D\n", a);
    return 0;
}
