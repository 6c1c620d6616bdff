/* Small types become int before they are computed with. */
#include "show.h"

int main(void)
{
    unsigned char a = 200, b = 100;
    signed char c = -1;
    unsigned short d = 65535;
    show("%d %d %d\n", a + b, a - b - b - 1, a * b);
    show("%d %d %d\n", ~a, -d, !c);
    show("%d %d %d\n", c < a, d * 2, (int)sizeof(a + b));
    return 0;
}
