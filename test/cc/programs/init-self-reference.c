/* An object may hold its own address. */
#include "show.h"

struct node { struct node *self; int n; };
static struct node a = { &a, 1 };
static void *p = &p;
extern struct node c;
static struct node b = { &c, 2 };
struct node c = { &b, 3 };
int main(void)
{
    struct node d = { &d, 4 };
    show("%d %d %d %d %d\n", a.self->self->n, p == (void *)&p, b.self->n, c.self->self->n, d.self->n);
    return 0;
}
