/* A chain of calls hands a structure on by value. */
#include "show.h"

struct s { int n; int log[4]; };
static struct s push(struct s s, int v) { s.log[s.n++] = v; return s; }
static int top(struct s s) { return s.log[--s.n]; }
int main(void)
{
    struct s s = { 0 };
    s = push(push(push(s, 5), 6), 7);
    show("%d %d %d %d\n", s.n, top(s), s.n, top(push(s, 9)));
    return 0;
}
