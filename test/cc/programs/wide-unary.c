/* Minus, complement and not. */
#include "show.h"

int main(void)
{
    long long a = 1, z = 0, m = -0x100000000LL;
    show("%D %D %D %D\n", -a, ~a, -m, ~m);
    show("%d %d %d %D\n", !a, !z, !m, -z);
    return 0;
}
