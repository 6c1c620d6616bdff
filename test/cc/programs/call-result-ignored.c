/* Results may be ignored, void ones must be. */
#include "show.h"

static int n;
static int f(void) { return ++n; }
static void g(void) { n += 10; }
static long long h(void) { n += 100; return n; }
int main(void)
{
    f();
    (void)f();
    g();
    h();
    f(), g();
    n ? g() : (void)0;
    show("%d\n", n);
    return 0;
}
