/* A table with many entries. */
#include "show.h"

#define R4(n) n, n + 1, n + 2, n + 3
#define R16(n) R4(n), R4(n + 4), R4(n + 8), R4(n + 12)
#define R64(n) R16(n), R16(n + 16), R16(n + 32), R16(n + 48)
static const unsigned short table[] = { R64(0), R64(64), R64(128), R64(192) };
int main(void)
{
    int i, ok = 1;
    for (i = 0; i < 256; i++) ok &= table[i] == i;
    show("%d %d\n", ok, (int)(sizeof table / sizeof *table));
    return 0;
}
