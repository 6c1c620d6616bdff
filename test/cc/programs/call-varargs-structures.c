/* Structures in a list of arguments. */
#include "show.h"

struct p { int x, y; };
struct q { char c[3]; };
static int f(int n, ...)
{
    __builtin_va_list list;
    struct p p;
    struct q q;
    __builtin_va_start(list, n);
    p = __builtin_va_arg(list, struct p);
    q = __builtin_va_arg(list, struct q);
    n += __builtin_va_arg(list, int);
    __builtin_va_end(list);
    return p.x * 1000 + p.y * 100 + q.c[2] * 10 + n;
}
int main(void)
{
    struct p p = { 1, 2 };
    struct q q = { { 7, 8, 3 } };
    show("%d\n", f(1, p, q, 3));
    return 0;
}
