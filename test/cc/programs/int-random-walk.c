/* A generator of pseudo-random numbers. */
#include "show.h"

static unsigned state = 12345;
static unsigned next(void)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}
int main(void)
{
    int i;
    unsigned sum = 0;
    for (i = 0; i < 1000; i++) sum += next() % 100;
    show("%u %u\n", sum, state);
    return 0;
}
