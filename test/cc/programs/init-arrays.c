/* Arrays with too few initialisers, and without a size. */
#include "show.h"

static int a[5] = { 1, 2 }, b[] = { 3, 4, 5, };
int main(void)
{
    int c[4] = { 9 }, d[] = { 1, 2, 3, 4, 5, 6 };
    show("%d %d %d %d\n", a[1], a[4], (int)(sizeof b / sizeof *b), b[2]);
    show("%d %d %d %d\n", c[0], c[3], (int)(sizeof d / sizeof *d), d[5]);
    return 0;
}
