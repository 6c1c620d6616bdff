/* After a designator, values go on from there, in inner objects too. */
#include "show.h"

struct in { int a, b, c; };
struct out { int x; struct in i; int y; };
static struct out a = { .i.b = 1, 2, 3 };
static struct out b = { .i = { 4 }, 5, .x = 6 };
static int c[4][2] = { [1][1] = 1, 2, 3, [0] = { 4 }, 5 };
int main(void)
{
    int k;
    show("%d %d %d %d %d\n", a.x, a.i.a, a.i.b, a.i.c, a.y);
    show("%d %d %d\n", b.x, b.i.a, b.y);
    for (k = 0; k < 8; k++) show("%d", c[0][k]);
    show("\n");
    return 0;
}
