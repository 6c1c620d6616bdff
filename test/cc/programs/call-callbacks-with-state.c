/* A callback with a state of its caller's. */
#include "show.h"

typedef void visitor(int value, void *state);
static void each(const int *a, int n, visitor *visit, void *state) { while (n--) visit(*a++, state); }
static void add(int value, void *state) { *(int *)state += value; }
struct range { int low, high; };
static void widen(int value, void *state)
{
    struct range *r = state;
    if (value < r->low) r->low = value;
    if (value > r->high) r->high = value;
}
int main(void)
{
    int a[] = { 4, -2, 9, 3 }, sum = 0;
    struct range r = { 1000, -1000 };
    each(a, 4, add, &sum);
    each(a, 4, widen, &r);
    show("%d %d %d\n", sum, r.low, r.high);
    return 0;
}
