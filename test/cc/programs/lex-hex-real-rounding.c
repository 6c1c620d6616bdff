/* Constants are rounded once, to nearest, ties to even. */
#include "show.h"

static void bits(double value)
{
    union { double d; unsigned w[2]; } u;
    u.d = value;
    show("%x %x\n", u.w[1], u.w[0]);
}
int main(void)
{
    bits(0x1.00000000000008p0);
    bits(0x1.000000000000081p0);
    bits(0x1.00000000000018p0);
    bits(9007199254740993.0);
    bits(9007199254740992.9999999999999999999999);
    return 0;
}
