/* ?: and the comma with 64-bit values. */
#include "show.h"

int main(void)
{
    int yes = 1;
    long long a = yes ? 0x123456789LL : 1, b = (a++, a * 2);
    show("%X %X %X\n", a, b, yes ? -1 : a);
    show("%D\n", !yes ? 5 : yes ? 6LL : 7);
    return 0;
}
