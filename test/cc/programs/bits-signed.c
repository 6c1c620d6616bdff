/* A signed bit-field extends its sign. */
#include "show.h"

struct s { int a : 3; signed b : 5; int c : 1; long d : 24; };
int main(void)
{
    struct s s = { -1, 15, -1, -8000000 };
    show("%d %d %d %d\n", s.a, s.b, s.c, s.d);
    s.b++;
    s.a = 4;
    show("%d %d\n", s.a, s.b);
    return 0;
}
