/* Many variables in one function. */
#include "show.h"

static int f(int n)
{
    int a0 = n, a1 = a0 + 1, a2 = a1 + 1, a3 = a2 + 1, a4 = a3 + 1, a5 = a4 + 1, a6 = a5 + 1, a7 = a6 + 1;
    char pad[300];
    int b0 = a7, b1 = b0 * 2, b2 = b1 - a3;
    pad[0] = 1;
    pad[299] = 2;
    return b2 + a0 + a6 + pad[0] + pad[299];
}
int main(void)
{
    show("%d\n", f(10));
    return 0;
}
