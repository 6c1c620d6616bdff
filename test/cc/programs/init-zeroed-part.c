/* A list in braces clears what an earlier initialiser put there. */
#include "show.h"

struct s { int a; struct { int b, c; } d[2]; };
static struct s x = { 1, { { 2, 3 }, { 4, 5 } }, .d[0] = { .c = 6 } };
int main(void)
{
    struct s y = { 1, { { 2, 3 }, { 4, 5 } }, .d = { [1] = { 7 } } };
    show("%d %d %d %d\n", x.d[0].b, x.d[0].c, x.d[1].b, x.d[1].c);
    show("%d %d %d %d\n", y.d[0].b, y.d[0].c, y.d[1].b, y.d[1].c);
    return 0;
}
