/* Names for structures, with and without a tag. */
#include "show.h"

typedef struct { int x; } box, *box_pointer;
typedef struct later later;
struct later { later *self; int n; };
int main(void)
{
    box b = { 4 };
    box_pointer p = &b;
    later l = { &l, 8 };
    show("%d %d\n", p->x, l.self->self->n);
    return 0;
}
