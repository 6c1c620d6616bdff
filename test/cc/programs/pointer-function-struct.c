/* A structure of functions. */
#include "show.h"

struct shape { const char *name; int (*area)(struct shape *); int a, b; };
static int rectangle(struct shape *s) { return s->a * s->b; }
static int triangle(struct shape *s) { return s->a * s->b / 2; }
static struct shape shapes[] = { { "rectangle", rectangle, 3, 4 }, { "triangle", triangle, 6, 5 } };
int main(void)
{
    int i;
    for (i = 0; i < 2; i++) show("%s %d\n", shapes[i].name, shapes[i].area(&shapes[i]));
    return 0;
}
