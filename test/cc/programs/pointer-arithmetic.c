/* Pointers move by whole elements. */
#include "show.h"

struct big { int n; char pad[8]; };
int main(void)
{
    int a[6] = { 0, 1, 2, 3, 4, 5 }, *p = a + 2, *q = &a[5];
    struct big b[4], *s = b;
    char *c = (char *)a;
    show("%d %d %d %d\n", *p, p[1], p[-1], *(q - 1));
    show("%d %d %d\n", (int)(q - p), (int)(p - q), (int)((char *)(s + 2) - (char *)s));
    p++; p += 2; --p; p -= 1;
    show("%d %d\n", *p, (int)(c + 8 == (char *)&a[2]));
    show("%d %d\n", (int)(&b[3] - &b[1]), 2[a]);
    return 0;
}
