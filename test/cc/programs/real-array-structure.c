/* Floating-point elements and members. */
#include "show.h"

struct s { char c; float f; double d; long double l; };
int main(void)
{
    double a[4] = { 1, 2.5 }, *p = a + 1;
    struct s s = { 'x', 1.5f, 2.25, 3.125L }, *q = &s;
    int i = 3;
    a[i] = a[0] + *p;
    q->d *= q->f;
    q->l += s.d;
    show("%f %f %f %f\n", a[2], a[3], s.d, (double)s.l);
    show("%d %d\n", (int)sizeof s, (int)sizeof a);
    return 0;
}
