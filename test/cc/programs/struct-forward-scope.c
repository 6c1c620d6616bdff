/* A bare tag in a block begins a new structure. */
#include "show.h"

struct s { int a; };
int main(void)
{
    struct s;
    struct t { struct s *p; };
    struct s { int b, c; };
    struct s v = { 1, 2 };
    struct t t = { &v };
    show("%d %d\n", t.p->c, (int)sizeof v);
    return 0;
}
