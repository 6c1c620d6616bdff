/* The comma's value is its right operand's. */
#include "show.h"

int main(void)
{
    int a = (1, 2, 3), b = 0, i, j;
    b = (a++, a += 2, a * 10);
    for (i = 0, j = 10; i < j; i++, j--) b++;
    show("%d %d %d %d\n", a, b, i, j);
    return 0;
}
