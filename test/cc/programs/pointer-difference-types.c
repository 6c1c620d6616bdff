/* Differences of pointers to objects of odd sizes. */
#include "show.h"

struct three { char c[3]; };
struct twelve { int i[3]; };
int main(void)
{
    struct three a[10], *p = a + 7;
    struct twelve b[10], *q = &b[9];
    short (*m)[5] = 0;
    show("%d %d %d %d\n", (int)(p - a), (int)(a - p), (int)(q - b), (int)(&b[2] - q));
    show("%d\n", (int)((char *)(m + 3) - (char *)m));
    return 0;
}
