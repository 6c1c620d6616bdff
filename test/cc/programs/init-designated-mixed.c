/* Arrays in structures in arrays. */
#include "show.h"

struct s { int v[3]; struct { char c; int w[2]; } t; };
static struct s a[3] = { [2].t.w[1] = 9, [0] = { .v = { [2] = 3 }, .t = { 'c', { 1, 2 } } }, [1].v[0] = 4, 5 };
int main(void)
{
    show("%d %d %d %c %d %d %d %d\n", a[2].t.w[1], a[0].v[2], a[0].v[0], a[0].t.c, a[0].t.w[1], a[1].v[0], a[1].v[1], a[1].v[2]);
    return 0;
}
