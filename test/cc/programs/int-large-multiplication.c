/* Multiplications by constants of every kind. */
#include "show.h"

int main(void)
{
    int a = 7;
    show("%d %d %d %d %d\n", a * 1, a * 2, a * 3, a * 1000, a * -8);
    show("%d %d %d\n", a * 0, 65537 * a, a * 0x10000);
    return 0;
}
