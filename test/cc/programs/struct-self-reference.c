/* Structures that point to themselves and to each other. */
#include "show.h"

struct left { struct right *r; int n; };
struct right { struct left *l; int n; };
typedef struct tree { struct tree *kids[2]; int v; } tree;
int main(void)
{
    struct right r = { 0, 5 };
    struct left l = { &r, 6 };
    tree a = { { 0, 0 }, 1 }, b = { { 0, 0 }, 2 }, c = { { &a, &b }, 3 };
    r.l = &l;
    show("%d %d %d\n", l.r->l->n, r.l->r->n, c.kids[1]->v + c.kids[0]->v * 10);
    return 0;
}
