/* Functions through pointers. */
#include "show.h"

static int add(int a, int b) { return a + b; }
static int sub(int a, int b) { return a - b; }
static int apply(int (*f)(int, int), int a, int b) { return f(a, b); }
static int (*choose(int which))(int, int) { return which ? add : sub; }
typedef int operation(int, int);
int main(void)
{
    int (*f)(int, int) = add;
    int (*table[])(int, int) = { add, sub, &add };
    operation *g = *sub;
    show("%d %d %d\n", f(5, 3), (*f)(5, 3), (****f)(1, 1));
    show("%d %d %d\n", apply(sub, 9, 4), table[1](7, 2), choose(0)(1, 2));
    show("%d %d %d\n", g(10, 1), f == add, table[2] == table[0]);
    return 0;
}
