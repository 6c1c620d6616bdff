/*
 * Sorting. qsort is a heap sort: no recursion, no memory, n log n whatever the input,
 * and the same result everywhere (elements that compare equal end in an order that hangs on the
 * input alone).
 */
#include <stdlib.h>

typedef int (*comparison)(const void *, const void *);

static void swap_elements(char *a, char *b, size_t size) {
    for (; size > 0; size--, a++, b++) {
        char kept = *a;
        *a = *b;
        *b = kept;
    }
}

/* Lets the element at root sink until no child of it is larger; elements from count on are not
 * touched. */
static void sink(char *base, size_t root, size_t count, size_t size, comparison compare) {
    size_t child;
    while ((child = 2 * root + 1) < count) {
        if (child + 1 < count && compare(base + child * size, base + (child + 1) * size) < 0)
            child++;
        if (compare(base + root * size, base + child * size) >= 0) return;
        swap_elements(base + root * size, base + child * size, size);
        root = child;
    }
}

void qsort(void *base, size_t count, size_t size, comparison compare) {
    size_t i;
    for (i = count / 2; i-- > 0;) sink(base, i, count, size, compare);
    for (i = count; i-- > 1;) {
        swap_elements(base, (char *)base + i * size, size);
        sink(base, 0, i, size, compare);
    }
}
