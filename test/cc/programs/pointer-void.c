/* void pointers take and give any object pointer. */
#include "show.h"

static void swap(void *a, void *b, int size)
{
    char *p = a, *q = b;
    while (size--) {
        char t = *p;
        *p++ = *q;
        *q++ = t;
    }
}
int main(void)
{
    int a = 1, b = 2;
    double c = 1.5, d = 2.5;
    void *p = &a;
    swap(&a, &b, sizeof a);
    swap(&c, &d, sizeof c);
    show("%d %d %f %f %d\n", a, b, c, d, *(int *)p);
    return 0;
}
