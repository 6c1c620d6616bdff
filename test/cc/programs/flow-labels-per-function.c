/* Labels have names of their own, in each function. */
#include "show.h"

static int f(int x) { if (x) goto x; return 1; x: return 2; }
static int g(int x) { x: if (x-- > 0) goto x; return x; }
int main(void)
{
    typedef int t;
    t x = 3;
t:
    if (--x) goto t;
    show("%d %d %d %d\n", f(0), f(1), g(3), x);
    return 0;
}
