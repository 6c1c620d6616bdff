/* Structures copied through pointers and as values of assignments. */
#include "show.h"

struct s { int v[5]; };
int main(void)
{
    struct s a = { { 1, 2, 3, 4, 5 } }, b, c, *p = &b, *q = &a;
    *p = *q;
    q->v[0] = 9;
    show("%d %d\n", (c = *p).v[0], (*p = *q).v[0]);
    show("%d %d %d\n", c.v[4], b.v[0], (int)sizeof(c = b));
    return 0;
}
