/* An array filled by calls in its initialiser. */
#include "show.h"

static int n;
static int next(void) { return ++n * n; }
int main(void)
{
    int a[4] = { next(), next(), next() };
    show("%d %d\n", a[0] + a[1] + a[2], a[3]);
    return 0;
}
