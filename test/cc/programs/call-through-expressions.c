/* The function may be any expression. */
#include "show.h"

static int f(int n) { return n + 1; }
static int g(int n) { return n * 2; }
static struct { int (*run)(int); } objects[2] = { { f }, { g } };
static int (*pick(int n))(int) { return objects[n].run; }
int main(void)
{
    int i, n = 0;
    for (i = 0; i < 4; i++) n += (i & 1 ? f : g)(i) * 10 + objects[i / 2].run(i) + pick(i % 2)(n & 7);
    show("%d %d\n", n, (0, f)(5));
    return 0;
}
