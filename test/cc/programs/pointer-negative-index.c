/* Indices below zero and beyond. */
#include "show.h"

int main(void)
{
    int a[10], *mid = a + 5, i;
    for (i = -5; i < 5; i++) mid[i] = i * i;
    show("%d %d %d %d\n", a[0], mid[-1], *(mid - 3), (mid + 2)[2]);
    show("%d\n", *(a + 9 - 5));
    return 0;
}
