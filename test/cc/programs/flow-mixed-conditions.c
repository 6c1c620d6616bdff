/* and, or and not in conditions, every way to the end. */
#include "show.h"

static int f(int a, int b, int c) { return (a && b) || (!a && c) ? (b || c) && !(a && c) : !(b && c) || a; }
int main(void)
{
    int i;
    for (i = 0; i < 8; i++) show("%d", f(i & 1, i & 2, i & 4));
    for (i = 0; i < 8; i++) {
        if (i & 1 && (i & 2 || !(i & 4))) show("x");
        else if (!(i & 1 || i & 4)) show("y");
        else show("z");
    }
    show("\n");
    return 0;
}
