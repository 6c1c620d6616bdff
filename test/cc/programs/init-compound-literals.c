/* Unnamed objects made on the spot. */
#include "show.h"

struct p { int x, y; };
static int sum(struct p p) { return p.x + p.y; }
static int total(const int *a, int n) { int t = 0; while (n--) t += a[n]; return t; }
static struct p *fixed = &(struct p){ 8, 9 };
int main(void)
{
    struct p *q = &(struct p){ 5, 6 }, r;
    r = (struct p){ .y = 2 };
    show("%d %d %d\n", sum((struct p){ 1, 2 }), total((int[]){ 1, 2, 3, 4 }, 4), q->x + q->y);
    show("%d %d %d %d\n", r.x, r.y, fixed->y, (int)sizeof(int[]){ 1, 2, 3 });
    show("%s %d %d\n", (char[]){ "text" }, (int){ 7 }, ((struct p){ 3, 4 }).y);
    return 0;
}
