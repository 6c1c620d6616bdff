/* A list goes on to another function, and may be copied. */
#include "show.h"

static int sum(int n, __builtin_va_list list)
{
    int s = 0;
    while (n--) s += __builtin_va_arg(list, int);
    return s;
}
static int twice(int n, ...)
{
    __builtin_va_list list, again;
    int s;
    __builtin_va_start(list, n);
    __builtin_va_copy(again, list);
    s = sum(n, list) * 100 + sum(n - 1, again);
    __builtin_va_end(list);
    __builtin_va_end(again);
    return s;
}
int main(void)
{
    show("%d\n", twice(3, 1, 2, 3));
    return 0;
}
