/* Incomplete structures behind pointers. */
#include "show.h"

struct opaque;
static int get(const struct opaque *o);
static struct opaque *same(struct opaque *o) { return o; }
struct opaque { int n; };
static int get(const struct opaque *o) { return o->n; }
int main(void)
{
    struct opaque o = { 6 };
    show("%d\n", get(same(&o)));
    return 0;
}
