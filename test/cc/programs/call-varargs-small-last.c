/* The last named parameter may be smaller than its place. */
#include "show.h"

static int f(char c, short s, ...)
{
    __builtin_va_list list;
    int n;
    __builtin_va_start(list, s);
    n = c * 100 + s * 10 + __builtin_va_arg(list, int);
    __builtin_va_end(list);
    return n;
}
int main(void)
{
    show("%d\n", f(1, 2, 3));
    return 0;
}
