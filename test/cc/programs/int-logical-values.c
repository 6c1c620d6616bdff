/* Truth is one or zero, of pointers and floating point too. */
#include "show.h"

int main(void)
{
    int a = 5, *p = &a, *q = 0;
    double d = 0.5, z = 0.0;
    long long w = 0x100000000LL, v = 0;
    show("%d%d%d%d%d%d%d\n", !a, !p, !q, !d, !z, !w, !v);
    show("%d %d %d %d\n", p && d, q || z, w && a, v || q);
    show("%d %d\n", !!a + !!p, (a && 2) + (d || 0));
    return 0;
}
