/* Blocks may use the same places one after the other. */
#include "show.h"

static int f(int n)
{
    int sum = 0;
    { int a[10], i; for (i = 0; i < 10; i++) a[i] = n + i; sum += a[9]; }
    { long long b = n; double c = 2; sum += b * c; }
    { struct { char t[20]; } d = { "block" }; sum += d.t[0]; }
    return sum;
}
int main(void)
{
    show("%d\n", f(5));
    return 0;
}
