/* A whole structure is copied. */
#include "show.h"

struct s { int a; char text[7]; struct { short b; } inner; };
int main(void)
{
    struct s x = { 1, "abc", { 5 } }, y, z[2];
    y = x;
    x.a = 2;
    z[1] = z[0] = y;
    z[0].inner.b++;
    show("%d %s %d %d %d\n", y.a, y.text, z[0].inner.b, z[1].inner.b, x.a);
    return 0;
}
