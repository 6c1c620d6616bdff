/* Powers modulo a prime. */
#include "show.h"

static unsigned long long power(unsigned long long b, unsigned e, unsigned m)
{
    unsigned long long r = 1;
    for (b %= m; e; e >>= 1, b = b * b % m) if (e & 1) r = r * b % m;
    return r;
}
int main(void)
{
    show("%U %U\n", power(3, 200, 1000000007), power(2, 1000000006, 1000000007));
    return 0;
}
