/* Arrays, their sizes and their decay. */
#include "show.h"

static int sum(int *a, int n)
{
    int s = 0;
    while (n--) s += *a++;
    return s;
}
int main(void)
{
    int a[10], i;
    for (i = 0; i < 10; i++) a[i] = i * i;
    show("%d %d %d\n", sum(a, 10), (int)sizeof a, (int)(sizeof a / sizeof a[0]));
    show("%d %d\n", sum(a + 5, 3), *a == a[0]);
    return 0;
}
