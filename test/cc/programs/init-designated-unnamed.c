/* Designators reach into unnamed structures. */
#include "show.h"

struct s { int a; union { int b; char c; }; struct { int d, e; }; };
static struct s x = { .c = 'q', .e = 5 }, y = { 1, .d = 2, 3 };
int main(void)
{
    struct s z = { .b = 7, .d = 8 };
    show("%d %c %d %d\n", x.a, x.c, x.d, x.e);
    show("%d %d %d %d %d\n", y.a, y.d, y.e, z.b, z.d);
    return 0;
}
