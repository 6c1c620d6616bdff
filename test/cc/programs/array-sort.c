/* Insertion sort with a comparison function. */
#include "show.h"

static int ascending(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
static void sort(void *base, unsigned n, unsigned size, int (*compare)(const void *, const void *))
{
    char *a = base, t;
    unsigned i, j, k;
    for (i = 1; i < n; i++)
        for (j = i; j > 0 && compare(a + (j - 1) * size, a + j * size) > 0; j--)
            for (k = 0; k < size; k++) {
                t = a[(j - 1) * size + k];
                a[(j - 1) * size + k] = a[j * size + k];
                a[j * size + k] = t;
            }
}
int main(void)
{
    int a[] = { 5, -3, 9, 0, 2, 2, -7 }, i;
    sort(a, 7, sizeof a[0], ascending);
    for (i = 0; i < 7; i++) show("%d ", a[i]);
    show("\n");
    return 0;
}
