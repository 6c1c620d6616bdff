/* A variable declared in for ends with it. */
#include "show.h"

int main(void)
{
    int i = 100, sum = 0;
    for (int i = 0, j = 5; i < j; i++, j--) sum += i * j;
    for (int i = 0; i < 2; i++) {
        int i = 7;
        sum += i;
    }
    for (unsigned char c = 250; c; c++) sum++;
    show("%d %d\n", i, sum);
    return 0;
}
