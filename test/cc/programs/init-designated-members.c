/* .member = value. */
#include "show.h"

struct s { int a, b, c; struct { int d, e; } f; };
static struct s x = { .c = 3, .a = 1 };
static struct s y = { .b = 2, 30, { 4 }, .a = 10 };
static struct s z = { .f.e = 5, .f = { .d = 6 }, .b = 7 };
int main(void)
{
    int n = 9;
    struct s w = { .f = { .e = n, .d = n + 1 }, .a = n * 2 };
    show("%d%d%d %d,%d,%d,%d\n", x.a, x.b, x.c, y.a, y.b, y.c, y.f.d);
    show("%d%d%d %d,%d,%d,%d\n", z.f.d, z.f.e, z.b, w.a, w.b, w.f.d, w.f.e);
    return 0;
}
