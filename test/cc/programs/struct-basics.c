/* Members by . and ->. */
#include "show.h"

struct point { int x, y; };
int main(void)
{
    struct point a, *p = &a;
    a.x = 3;
    p->y = 4;
    (*p).x += 10;
    (&a)->y *= 2;
    show("%d %d %d\n", a.x, a.y, (int)sizeof(struct point));
    return 0;
}
