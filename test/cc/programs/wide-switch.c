/* A switch over 64 bits looks at both halves. */
#include "show.h"

static int choose(long long n)
{
    switch (n) {
    case 1: return 1;
    case 0x100000001LL: return 2;
    case -1: return 3;
    case 0xFFFFFFFFLL: return 4;
    default: return 5;
    }
}
int main(void)
{
    show("%d%d%d%d%d\n", choose(1), choose(0x100000001LL), choose(-1), choose(0xFFFFFFFF), choose(0x200000001LL));
    return 0;
}
