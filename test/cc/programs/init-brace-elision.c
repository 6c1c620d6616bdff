/* Braces may be left out, and the values still find their places. */
#include "show.h"

struct in { int a, b; };
struct out { struct in i[2]; int c; struct in j; };
static struct out x = { 1, 2, 3, 4, 5, 6, 7 };
static struct out y[] = { { { 1, 2, 3 }, 4, 5 }, { { { 6 }, { 7 } }, 8, { 9 } } };
int main(void)
{
    struct out z = { { 1, 2, { 3 } }, 4, 5 };
    show("%d%d%d%d%d%d%d\n", x.i[0].a, x.i[0].b, x.i[1].a, x.i[1].b, x.c, x.j.a, x.j.b);
    show("%d%d%d%d%d%d%d\n", y[0].i[0].a, y[0].i[0].b, y[0].i[1].a, y[0].i[1].b, y[0].c, y[0].j.a, y[0].j.b);
    show("%d%d%d%d%d%d%d\n", y[1].i[0].a, y[1].i[0].b, y[1].i[1].a, y[1].i[1].b, y[1].c, y[1].j.a, y[1].j.b);
    show("%d%d%d%d%d%d%d\n", z.i[0].a, z.i[0].b, z.i[1].a, z.i[1].b, z.c, z.j.a, z.j.b);
    return 0;
}
