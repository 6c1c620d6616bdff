/* Results of results, as arguments and in both arms of ?:. */
#include "show.h"

struct v { int x, y; };
static struct v add(struct v a, struct v b) { a.x += b.x; a.y += b.y; return a; }
static struct v mk(int n) { struct v v; v.x = n; v.y = -n; return v; }
int main(void)
{
    int i = 1;
    struct v v = add(add(mk(1), mk(2)), add(mk(3), add(mk(4), mk(5))));
    struct v w = i ? mk(7) : v;
    show("%d %d %d %d\n", v.x, v.y, w.x, (i ? v : w).y);
    show("%d\n", (mk(1), mk(9)).x);
    return 0;
}
