/* A union's initialiser is for its first member, or the named one. */
#include "show.h"

union u { char c; int i; double d; };
static union u a = { 'A' }, b = { .i = 70000 }, c = { .d = 1.5 };
static struct { union u u; int n; } s[] = { { { 1 }, 2 }, { { .d = 2.5 }, 3 }, 4, 5 };
int main(void)
{
    union u e = { .d = 3.5 };
    show("%c %d %f %f\n", a.c, b.i, c.d, e.d);
    show("%d %d %f %d %d %d\n", s[0].u.c, s[0].n, s[1].u.d, s[1].n, s[2].u.c, s[2].n);
    return 0;
}
