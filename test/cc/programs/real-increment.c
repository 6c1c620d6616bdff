/* ++ and -- on floating point. */
#include "show.h"

int main(void)
{
    double d = 1.5;
    float f = 0.25f, a[2] = { 1, 2 }, *p = a;
    show("%f ", d++);
    show("%f ", ++d);
    show("%f ", d--);
    show("%f ", --f);
    show("%f ", (*p++)++);
    show("%f %f %f %f\n", d, f, a[0], *p);
    return 0;
}
