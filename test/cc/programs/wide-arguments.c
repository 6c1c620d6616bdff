/* 64-bit arguments and results between others. */
#include "show.h"

static long long mix(char a, long long b, short c, unsigned long long d, int e)
{
    return a + b * c - d / e;
}
int main(void)
{
    show("%D\n", mix(1, 20000000000LL, -3, 1000000000000ULL, 7));
    show("%d %D %d %D %d\n", 1, 2LL, 3, 4LL, 5);
    return 0;
}
