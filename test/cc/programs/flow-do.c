/* do runs once at least; continue goes to its condition. */
#include "show.h"

int main(void)
{
    int i = 10, n = 0;
    do n++; while (i < 5);
    do {
        if (i == 7) continue;
        n += i;
        if (n > 40) break;
    } while (--i);
    show("%d %d\n", i, n);
    return 0;
}
