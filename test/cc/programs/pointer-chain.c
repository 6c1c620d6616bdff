/* Long chains of members. */
#include "show.h"

struct c { int v[3]; };
struct b { struct c *c; struct c d; };
struct a { struct b *b; struct a *next; };
int main(void)
{
    struct c c = { { 1, 2, 3 } };
    struct b b = { &c, { { 4, 5, 6 } } };
    struct a a2 = { &b, 0 }, a1 = { 0, &a2 };
    struct a *p = &a1;
    int i = 1;
    p->next->b->c->v[i + 1] += p->next->b->d.v[0];
    show("%d %d %d\n", c.v[2], p->next->b->d.v[i], (*(*p).next->b).c->v[0]);
    return 0;
}
