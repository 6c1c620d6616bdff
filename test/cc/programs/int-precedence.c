/* Operators bind as they should. */
#include "show.h"

int main(void)
{
    int a = 2, b = 3, c = 4;
    show("%d %d %d\n", a + b * c, (a + b) * c, a - b - c);
    show("%d %d %d\n", a << b + 1, a + b << 1, 24 / c / a);
    show("%d %d %d\n", a & b == 3, (a & b) == 3, a | b ^ c & a);
    show("%d %d %d\n", !a + b, -a * -b, ~a & b);
    show("%d %d\n", a < b == b > a, a ? b : c ? 7 : 8);
    show("%d\n", a = b, c);
    return 0;
}
