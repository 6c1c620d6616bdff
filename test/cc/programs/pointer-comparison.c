/* Pointers into one array are ordered. */
#include "show.h"

int main(void)
{
    int a[4], *p = a, *end = a + 4, n = 0, *null = 0;
    while (p < end) p++, n++;
    show("%d %d%d%d%d\n", n, p == end, p != a, a <= p, p > a + 3);
    show("%d%d%d\n", !null, null == 0, p != (void *)0);
    return 0;
}
