/* typedefs of function types. */
#include "show.h"

typedef int binary(int, int);
typedef binary *pointer;
static binary add, sub;
static int add(int a, int b) { return a + b; }
static int sub(int a, int b) { return a - b; }
static int apply(binary f, int a, int b) { return f(a, b); }
int main(void)
{
    pointer p[2] = { add, sub };
    show("%d %d %d\n", apply(add, 1, 2), p[1](9, 4), apply(p[0], 3, 3));
    return 0;
}
