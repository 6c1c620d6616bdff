/* Qualifiers may stand in many places. */
#include "show.h"

static const int a = 1;
int const static b = 2;
static const char *const c = "c";
static int *restrict const d = 0;
static int f(const int n, const char *restrict s, char t[const]) { return n + *s + t[0]; }
int main(void)
{
    volatile const int e = 5;
    register int g = 6;
    auto int h = 7;
    const int *p = &a;
    int *const q = &h;
    *q = 70;
    show("%d %d %s %d %d %d %d %d\n", a, b, c, d == 0, e, g, h, *p);
    show("%d\n", f(1, "A", "B"));
    return 0;
}
