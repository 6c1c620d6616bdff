/* An else belongs to the nearest if. */
#include "show.h"

static int f(int a, int b)
{
    if (a)
        if (b) return 1;
        else return 2;
    else if (b) return 3;
    return 4;
}
int main(void)
{
    show("%d%d%d%d\n", f(1, 1), f(1, 0), f(0, 1), f(0, 0));
    return 0;
}
