/* The default label may stand anywhere. */
#include "show.h"

static int f(int n)
{
    int r = 0;
    switch (n) {
    default: r += 1;
    case 1: r += 10; break;
    case 2: r += 100;
    }
    return r;
}
int main(void)
{
    show("%d %d %d\n", f(0), f(1), f(2));
    return 0;
}
