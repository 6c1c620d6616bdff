/* A result has its function's type. */
#include "show.h"

static char c(int n) { return n; }
static unsigned char u(int n) { return n; }
static short s(int n) { return n; }
static _Bool b(int n) { return n; }
int main(void)
{
    show("%d %d %d %d\n", c(200), u(-1), s(40000), b(256));
    show("%d %d\n", c(300) + u(300), s(65536));
    return 0;
}
