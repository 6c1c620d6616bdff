/* Indices that are computed, changed and negative. */
#include "show.h"

int main(void)
{
    int a[8] = { 1, 2, 3, 4, 5, 6, 7, 8 }, i = 0, *p = a + 4;
    unsigned char c = 3;
    a[i++] = 10;
    a[++i] += 2;
    show("%d %d %d %d\n", a[0], a[2], p[-2], a[c]);
    show("%d %d\n", a[a[1]], p[i - 3]);
    show("%d\n", a[i = 5]);
    return 0;
}
