/* Addresses of objects, parts and functions. */
#include "show.h"

static int a[4] = { 1, 2, 3, 4 };
static struct { int x; struct { char c[8]; } y; } s = { 5, { "inside" } };
static int f(void) { return 42; }
static int *p = a, *q = a + 2, *r = &a[3], **pp = &q;
static char *c = s.y.c + 2, *d = &s.y.c[4], *e = "string" + 3;
static int (*g)(void) = f, (*h)(void) = &f;
static int *z = &*(a + 1);
static void *v = &s;
static int difference = sizeof(a) - 1;
int main(void)
{
    show("%d %d %d %d %d\n", *p, *q, *r, **pp, *z);
    show("%s %s %s %d %d %d %d\n", c, d, e, g(), h(), v == (void *)&s.x, difference);
    return 0;
}
