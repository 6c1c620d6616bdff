/* 64-bit values as indices and truths. */
#include "show.h"

int main(void)
{
    int a[5] = { 0, 10, 20, 30, 40 };
    long long i = 3;
    unsigned long long j = 1;
    show("%d %d %d %d\n", a[i], a[j], *(a + i - j), (&a[4])[-i]);
    show("%d\n", (i && j) + (i == 3LL));
    return 0;
}
