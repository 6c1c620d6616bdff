/* Signed meets unsigned as unsigned. */
#include "show.h"

int main(void)
{
    int a = -1;
    unsigned b = 1;
    short c = -1;
    show("%d %d %d\n", a < b, c < b, a < (int)b);
    show("%u %u\n", a + b, a * b);
    show("%d %d\n", a / 2 < 0, a / 2u < 0x80000000);
    return 0;
}
