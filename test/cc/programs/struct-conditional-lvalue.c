/* Members of chosen and assigned structures. */
#include "show.h"

struct s { int a[2]; char c; };
int main(void)
{
    struct s x = { { 1, 2 }, 'x' }, y = { { 3, 4 }, 'y' }, z;
    int i = 0;
    show("%c %d %c\n", (i ? x : y).c, (i ? &x : &y)->a[1], (z = x).c);
    *(i ? &x.c : &y.c) = 'Y';
    (i ? x : y).a;
    show("%c %d\n", y.c, z.a[1]);
    return 0;
}
