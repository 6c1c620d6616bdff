/* while, with break and continue. */
#include "show.h"

int main(void)
{
    int i = 0, sum = 0;
    while (1) {
        i++;
        if (i % 2) continue;
        if (i > 10) break;
        sum += i;
    }
    while (i-- > 5) sum++;
    while (0) sum = -1;
    show("%d %d\n", i, sum);
    return 0;
}
