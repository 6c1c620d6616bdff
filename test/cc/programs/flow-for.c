/* for with every part left out in turn. */
#include "show.h"

int main(void)
{
    int i, n = 0;
    for (i = 0; i < 3; i++) n += i;
    for (; i < 6; i++) n += 10;
    for (i = 0; i < 3;) n += i++;
    for (i = 0;; i++) if (i == 4) break;
    for (;;) { if (n++ > 50) break; }
    show("%d %d\n", i, n);
    return 0;
}
