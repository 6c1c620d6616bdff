/* Static objects of one name in many functions. */
#include "show.h"

static int *f(void) { static int n = 1; return &n; }
static int *g(void) { static int n = 2; { static int n = 3; return &n; } }
int main(void)
{
    static int n = 4;
    ++*f();
    --*g();
    show("%d %d %d\n", *f(), *g(), n);
    return 0;
}
