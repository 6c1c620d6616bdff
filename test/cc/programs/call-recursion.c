/* Functions call themselves and each other. */
#include "show.h"

static int even(unsigned n);
static int odd(unsigned n) { return n ? even(n - 1) : 0; }
static int even(unsigned n) { return n ? odd(n - 1) : 1; }
static int ackermann(int m, int n)
{
    return m == 0 ? n + 1 : n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1));
}
int main(void)
{
    show("%d %d %d\n", even(100), odd(100), ackermann(2, 5));
    return 0;
}
