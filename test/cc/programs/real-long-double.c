/* long double has 64 bits of precision. */
#include "show.h"

int main(void)
{
    long double a = 9007199254740993.0L, b = 1;
    long long n = 0x7FFFFFFFFFFFFFFFLL;
    int i;
    show("%D %d %d\n", (long long)a, (double)a == 9007199254740992.0, (int)sizeof a);
    for (i = 0; i < 63; i++) b = b * 2;
    show("%U %d\n", (unsigned long long)b, (long double)n + 1 == b);
    show("%d\n", (long long)(long double)n == n);
    return 0;
}
