/* 64-bit quotients and remainders of every sign. */
#include "show.h"

int main(void)
{
    long long a = 1234567890123456789LL, b = 987654321;
    show("%D %D %D %D\n", a / b, -a / b, a / -b, -a / -b);
    show("%D %D %D %D\n", a % b, -a % b, a % -b, -a % -b);
    show("%D %D\n", a / 1000000007000LL, a % 1000000007000LL);
    show("%D %D\n", a / 3, a % 3);
    return 0;
}
