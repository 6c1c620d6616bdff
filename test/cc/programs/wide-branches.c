/* 64-bit conditions in control flow. */
#include "show.h"

int main(void)
{
    long long a = 0x100000000LL, b = 0, i;
    int n = 0;
    if (a) n += 1;
    if (!b) n += 2;
    if (a > b && !(a < b)) n += 4;
    while (a > 0x0FFFFFFFELL) a--, n += 8;
    for (i = 0xFFFFFFFE; i <= 0x100000001LL; i++) n += 100;
    show("%d %D\n", n, a);
    return 0;
}
