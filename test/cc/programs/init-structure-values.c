/* Whole structures as initialisers of members. */
#include "show.h"

struct p { int x, y; };
struct line { struct p from, to; int n; };
static struct p origin(void) { struct p p = { 0, 1 }; return p; }
int main(void)
{
    struct p a = { 3, 4 };
    struct line l = { a, { 5, 6 }, 7 }, m = { origin(), a, 8 }, n[2] = { { a, a, 9 }, l };
    struct line o = { .to = a, .n = 1 };
    show("%d%d%d %d%d%d\n", l.from.x, l.to.y, l.n, m.from.y, m.to.x, m.n);
    show("%d%d%d %d%d\n", n[0].to.y, n[1].to.x, n[1].n, o.from.x, o.to.y);
    return 0;
}
