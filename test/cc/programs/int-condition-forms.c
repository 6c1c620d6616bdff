/* Conditions of every shape in if, while and !. */
#include "show.h"

int main(void)
{
    int a = 3, n = 0;
    unsigned u = 5;
    if (a - 3) n += 1;
    if (!(a == 3)) n += 2;
    if (a & 2) n += 4;
    if (!(u > 7) && !(u < 3)) n += 8;
    if ((a > 1) == 1) n += 16;
    if (a > 1 ? u > 4 : 0) n += 32;
    if ((n += 64, n & 64)) n += 128;
    show("%d\n", n);
    return 0;
}
