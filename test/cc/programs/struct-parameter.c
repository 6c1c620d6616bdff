/* A structure as an argument is a copy. */
#include "show.h"

struct s { char c; int a[3]; short t; };
static int change(struct s s, int n)
{
    s.a[1] += n;
    s.c = 'z';
    return s.a[0] + s.a[1] + s.a[2] + s.t;
}
int main(void)
{
    struct s s = { 'a', { 1, 2, 3 }, 10 };
    int n = change(s, 100);
    show("%d %d %c\n", n, s.a[1], s.c);
    return 0;
}
