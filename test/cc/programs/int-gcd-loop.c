/* The greatest common divisor, three ways. */
#include "show.h"

static int a(int x, int y) { return y ? a(y, x % y) : x; }
static int b(int x, int y) { while (x != y) if (x > y) x -= y; else y -= x; return x; }
static int c(int x, int y) { int t; for (; y; t = x % y, x = y, y = t); return x; }
int main(void)
{
    show("%d %d %d\n", a(1071, 462), b(1071, 462), c(1071, 462));
    return 0;
}
