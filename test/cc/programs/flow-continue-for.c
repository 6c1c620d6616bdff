/* continue in for goes to the step. */
#include "show.h"

int main(void)
{
    int i, n = 0;
    for (i = 0; i < 10; i++) {
        if (i & 1) continue;
        if (i == 8) continue;
        n = n * 10 + i;
    }
    show("%d\n", n);
    return 0;
}
