/* The last initialiser of an object counts. */
#include "show.h"

struct s { int a; char *b; };
static int x[3] = { 1, 2, 3, [1] = 20 };
static struct s y = { .a = 1, .b = "old", .a = 2, .b = 0 };
static struct s z[2] = { [0] = { 1, "one" }, [0].a = 10, [1] = { 2, "two" } };
int main(void)
{
    int w[2] = { [0] = 5, [0] = 6, 7 };
    show("%d%d %d%d %d%s%s %d%d\n", x[1], x[2], y.a, y.b == 0, z[0].a, z[0].b, z[1].b, w[0], w[1]);
    return 0;
}
