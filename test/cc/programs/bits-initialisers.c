/* Bit-fields in static and automatic initialisers. */
#include "show.h"

struct s { unsigned a : 4; int b : 6; unsigned char c : 3; int : 2; int d : 9; };
static struct s fixed[2] = { { 15, -20, 5, -200 }, { .d = 100, .a = 3 } };
int main(void)
{
    int n = 7;
    struct s s = { n, n * 4, n, -n };
    show("%d %d %d %d\n", fixed[0].a, fixed[0].b, fixed[0].c, fixed[0].d);
    show("%d %d %d %d\n", fixed[1].a, fixed[1].b, fixed[1].c, fixed[1].d);
    show("%d %d %d %d\n", s.a, s.b, s.c, s.d);
    return 0;
}
