/* A return that is the last thing in a loop without braces. */
#include "show.h"

static int f(int n) { while (1) if (n > 10) n -= 3; else return n; }
static int g(int n) { for (;;) if (n & 1) return n; else n >>= 1; }
static int h(int n) { do if (n > 3) return n; while (++n); return 0; }
int main(void)
{
    show("%d %d %d\n", f(50), g(48), h(1));
    return 0;
}
