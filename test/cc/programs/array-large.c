/* Large arrays, on the stack and static. */
#include "show.h"

static char table[100000];
int main(void)
{
    int local[5000], i, sum = 0;
    for (i = 0; i < 5000; i++) local[i] = i;
    for (i = 0; i < 100000; i++) table[i] = i % 7;
    for (i = 0; i < 5000; i++) sum += local[i] * table[i * 20];
    show("%d\n", sum);
    return 0;
}
