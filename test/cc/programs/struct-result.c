/* A structure as a function's result. */
#include "show.h"

struct pair { int a, b; };
struct big { int v[10]; };
static struct pair make(int a, int b) { struct pair p = { a, b }; return p; }
static struct pair swap(struct pair p) { return make(p.b, p.a); }
static struct big fill(int n)
{
    struct big b;
    int i;
    for (i = 0; i < 10; i++) b.v[i] = n + i;
    return b;
}
int main(void)
{
    struct pair p = swap(make(1, 2));
    struct big b = fill(5), c;
    c = fill(20);
    show("%d %d %d\n", p.a, p.b, swap(p).b);
    show("%d %d %d\n", b.v[9], c.v[0], fill(100).v[3]);
    return 0;
}
