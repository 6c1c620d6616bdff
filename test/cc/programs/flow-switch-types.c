/* A switch's value is promoted; cases are converted to its type. */
#include "show.h"

static int f(unsigned char c) { switch (c) { case 'a': return 1; case 255: return 2; case -1: return 3; } return 0; }
static int g(unsigned u) { switch (u) { case -1: return 1; case 0x80000000: return 2; } return 0; }
static int h(char c) { switch (c) { case '\xff': return 1; case 200: return 2; } return 0; }
int main(void)
{
    show("%d%d%d %d%d%d %d%d\n", f('a'), f(255), f(1), g(0xFFFFFFFF), g(1U << 31), g(1), h(-1), h((char)200));
    return 0;
}
