/* Arguments with effects on different objects. */
#include "show.h"

static int a, b;
static int seta(int n) { return a = n; }
static int setb(int n) { return b = n; }
static int add(int x, int y) { return x + y; }
int main(void)
{
    show("%d %d %d\n", add(seta(3), setb(4)), a, b);
    return 0;
}
