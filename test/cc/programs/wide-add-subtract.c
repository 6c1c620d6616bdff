/* Carries and borrows cross the middle. */
#include "show.h"

int main(void)
{
    long long a = 0xFFFFFFFFLL, b = 1;
    unsigned long long c = 0x100000000ULL;
    show("%D %D %U %U\n", a + b, b - a, c - 1, c + c);
    show("%D %D\n", -a, a + a + a);
    a += 0x7FFFFFFF00000000LL;
    show("%X %X\n", a, ~a);
    return 0;
}
