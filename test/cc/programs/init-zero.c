/* What is not mentioned is zero. */
#include "show.h"

struct s { int a; double d; char *p; int v[4]; };
static struct s x, y[2] = { { 1 } };
int main(void)
{
    struct s z = { 0 }, w[2] = { { .a = 1 } };
    char text[50] = "";
    int i, sum = 0;
    for (i = 0; i < 50; i++) sum += text[i];
    show("%d %f %d %d\n", x.a, x.d, x.p == 0, y[1].v[3]);
    show("%d %d %d %d %d\n", z.v[3], w[0].v[0], w[1].a, w[1].p == 0, sum);
    return 0;
}
