/* break and continue belong to the innermost loop. */
#include "show.h"

int main(void)
{
    int i, j, n = 0;
    for (i = 0; i < 5; i++) {
        for (j = 0; j < 5; j++) {
            if (j == 3) break;
            if (i == j) continue;
            n += i * 10 + j;
        }
        if (i == 3) break;
    }
    show("%d %d %d\n", i, j, n);
    return 0;
}
