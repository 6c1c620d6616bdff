/* A tag in an inner scope is another structure. */
#include "show.h"

struct s { int a; };
int main(void)
{
    struct s outer = { 1 };
    {
        struct s { char b[3]; };
        struct s inner = { "x" };
        show("%d %d\n", (int)sizeof(struct s), inner.b[0]);
    }
    show("%d %d\n", (int)sizeof(struct s), outer.a);
    return 0;
}
