/* Address and indirection. */
#include "show.h"

int main(void)
{
    int a = 5, b = 6, *p = &a, **q = &p;
    *p = 7;
    **q += 1;
    q[0] = &b;
    *p *= 2;
    show("%d %d %d %d\n", a, b, *p == **q, &*p == p);
    return 0;
}
