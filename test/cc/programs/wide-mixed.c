/* 64 bits meet 32 bits and small types. */
#include "show.h"

int main(void)
{
    long long a = 5000000000LL;
    int b = -3;
    unsigned c = 4000000000u;
    char d = 'x';
    show("%D %D %D %D\n", a + b, a * b, a - c, a + d);
    show("%D %d %d\n", b + a / b, a > c, b < a);
    show("%U\n", b + 0ULL);
    show("%D\n", c + (long long)c);
    return 0;
}
