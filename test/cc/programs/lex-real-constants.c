/* Floating-point constants in every form. */
#include "show.h"

int main(void)
{
    show("%f %f %f %f\n", 1.5, .25, 3., 1e3);
    show("%f %f %f\n", 12.5e-2, 1E+2, 0.0625e1);
    show("%f %f %f\n", 0x1.8p1, 0x.8p0, 0xAp-2);
    show("%d %d %d\n", (int)sizeof 1.0, (int)sizeof 1.0f, (int)sizeof 1.0L);
    return 0;
}
