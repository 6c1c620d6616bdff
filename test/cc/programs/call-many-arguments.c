/* More arguments than anybody likes. */
#include "show.h"

static int f(int a, int b, int c, int d, int e, int g, int h, int i, int j, int k)
{
    return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * g + 7 * h + 8 * i + 9 * j + 10 * k;
}
int main(void)
{
    show("%d\n", f(1, 2, 3, 4, 5, 6, 7, 8, 9, f(1, 1, 1, 1, 1, 1, 1, 1, 1, 1)));
    return 0;
}
