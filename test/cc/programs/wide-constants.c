/* The compiler's own 64-bit arithmetic. */
#include "show.h"

static long long a = 123456789LL * 987654321LL;
static long long b = -1000000000000LL / 7;
static long long c = -1000000000000LL % 7;
static unsigned long long d = 0xFFFFFFFFFFFFFFFFULL / 10;
static unsigned long long e = 1ULL << 63 >> 3 | 5;
static long long f = -1LL >> 40;
static int g = 5000000000LL > 4000000000u;
static int h = 0x8000000000000000ULL > 1;
static unsigned long long i = ~0ULL ^ 0xFFFF0000;
int main(void)
{
    show("%D %D %D %U %X %D %d %d %X\n", a, b, c, d, e, f, g, h, i);
    return 0;
}
