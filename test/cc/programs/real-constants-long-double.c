/* long double constants, byte by byte. */
#include "show.h"

static void bits(long double l)
{
    union { long double l; unsigned w[3]; } u;
    u.l = l;
    show("%x:%x:%x ", u.w[2] & 0xFFFF, u.w[1], u.w[0]);
}
int main(void)
{
    bits(1.0L); bits(-0.1L); bits(1e4932L); bits(3.3e-4932L); bits(1e-4940L); bits(0x1.123456789abcdefp-3L);
    show("\n");
    return 0;
}
