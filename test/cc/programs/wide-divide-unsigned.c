/* Unsigned 64-bit division, with small and large divisors. */
#include "show.h"

static void divide(unsigned long long a, unsigned long long b)
{
    show("%X / %X = %X, %X\n", a, b, a / b, a % b);
}
int main(void)
{
    divide(0xFFFFFFFFFFFFFFFFULL, 1);
    divide(0xFFFFFFFFFFFFFFFFULL, 10);
    divide(0xFFFFFFFFFFFFFFFFULL, 0xFFFFFFFF);
    divide(0xFFFFFFFFFFFFFFFFULL, 0x100000000ULL);
    divide(0xFFFFFFFFFFFFFFFFULL, 0x8000000000000000ULL);
    divide(0x8000000000000000ULL, 0xFFFFFFFFFFFFFFFFULL);
    divide(0xFFFFFFFFFFFFFFFEULL, 0xFFFFFFFFFFFFFFFFULL);
    divide(5, 7);
    divide(0, 3);
    divide(0x123456789ABCDEFULL, 0x123456789ULL);
    return 0;
}
