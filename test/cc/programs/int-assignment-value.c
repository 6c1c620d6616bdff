/* An assignment's value is what was stored. */
#include "show.h"

int main(void)
{
    unsigned char c;
    int a, b;
    a = b = c = 300;
    show("%d %d %d\n", a, b, c);
    a = (c = 511) + 1;
    show("%d %d\n", a, (a = 5) * b);
    return 0;
}
