/* A shift has the type of its left operand. */
#include "show.h"

int main(void)
{
    unsigned char c = 1;
    long long n = 4;
    show("%d %d %d\n", (int)sizeof(c << n), 1 << n, (int)sizeof(1LL << 1));
    show("%d\n", -16 >> 2u);
    return 0;
}
