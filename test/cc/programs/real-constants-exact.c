/* Constants are the nearest numbers there are. */
#include "show.h"

static void bits(double d)
{
    union { double d; unsigned w[2]; } u;
    u.d = d;
    show("%x:%x ", u.w[1], u.w[0]);
}
static void bits4(float f)
{
    union { float f; unsigned w; } u;
    u.f = f;
    show("%x ", u.w);
}
int main(void)
{
    bits(0.1); bits(1e23); bits(3.141592653589793); bits(2.2250738585072014e-308); bits(1.7976931348623157e308);
    show("\n");
    bits(4.9e-324); bits(2.4e-324); bits(1e-310); bits(123456789012345678901234567890.0); bits(1e22);
    show("\n");
    bits4(0.1f); bits4(3.4028235e38f); bits4(1.4e-45f); bits4(1e-40f); bits4(16777217.0f); bits4(0.3f);
    show("\n");
    return 0;
}
