/* A structure returned through a function pointer. */
#include "show.h"

struct s { int a; long long b; };
static struct s f(int n) { struct s s; s.a = n; s.b = n * 10000000000LL; return s; }
int main(void)
{
    struct s (*p)(int) = f;
    struct s s = p(3);
    show("%d %D %D\n", s.a, s.b, (*p)(4).b);
    return 0;
}
