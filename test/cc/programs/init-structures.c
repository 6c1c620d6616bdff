/* Structures member by member. */
#include "show.h"

struct s { int a; char b; short c[2]; const char *d; };
static struct s x = { 1, 'y', { 2, 3 }, "four" }, y = { 5 };
int main(void)
{
    struct s z = { x.a + 9, 'z', 7, 8, "nine" }, w = z;
    show("%d %c %d %s %d %d\n", x.a, x.b, x.c[1], x.d, y.a, y.d == 0);
    show("%d %c %d %d %s %s\n", z.a, z.b, z.c[0], z.c[1], z.d, w.d);
    return 0;
}
