/* A hundred thousand frames. */
#include "show.h"

static int depth(int n) { return n == 0 ? 0 : 1 + depth(n - 1); }
int main(void)
{
    show("%d\n", depth(100000));
    return 0;
}
