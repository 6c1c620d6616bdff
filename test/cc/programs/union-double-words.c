/* The words of a double. */
#include "show.h"

int main(void)
{
    union { double d; unsigned w[2]; unsigned long long l; } u;
    u.d = -2.5;
    show("%x %x %X\n", u.w[0], u.w[1], u.l);
    u.l += 1ULL << 52;
    show("%f\n", u.d);
    return 0;
}
