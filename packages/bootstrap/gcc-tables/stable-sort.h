/* glibc's qsort leaves in their order what compares as equal, and makeuname2c.cc counts on it; musl's does not. */
#include <stdlib.h>
#include <string.h>

static void stable_sort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *))
{
    char *first = (char *)base, *middle = first + count / 2 * size, *second = middle, *end = first + count * size;
    char *merged, *to;

    if (count < 2)
        return;
    stable_sort(first, count / 2, size, compare);
    stable_sort(middle, count - count / 2, size, compare);
    merged = (char *)malloc(count * size);
    if (merged == NULL)
        abort();
    for (to = merged; first < middle || second < end; to += size) {
        char **from = second == end || (first < middle && compare(first, second) <= 0) ? &first : &second;
        memcpy(to, *from, size);
        *from += size;
    }
    memcpy(base, merged, count * size);
    free(merged);
}

#define qsort stable_sort
