/* 64-bit objects behind pointers that take work to compute. */
#include "show.h"

static long long table[4] = { 10, 20, 30, 40 };
static long long *find(int i) { return &table[i]; }
int main(void)
{
    int i = 1;
    *find(2) = *find(1) + *find(i + 2);
    table[i++] += 5;
    *(table + i) <<= 33;
    show("%D %D %X %d\n", table[0], table[1], table[2], i);
    return 0;
}
