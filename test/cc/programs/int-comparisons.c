/* All six comparisons, signed and unsigned. */
#include "show.h"

static void compare(int a, int b)
{
    unsigned c = a, d = b;
    show("%d%d%d%d%d%d ", a < b, a > b, a <= b, a >= b, a == b, a != b);
    show("%d%d%d%d%d%d\n", c < d, c > d, c <= d, c >= d, c == d, c != d);
}
int main(void)
{
    compare(1, 2);
    compare(2, 1);
    compare(3, 3);
    compare(-1, 1);
    compare(-2147483647 - 1, 2147483647);
    return 0;
}
