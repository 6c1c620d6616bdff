/* Minus zero keeps its sign. */
#include "show.h"

static double z = -0.0;
int main(void)
{
    double a = 0, b = -a;
    show("%d %d %d %d\n", 1 / z < 0, 1 / b < 0, 1 / a > 0, z == a);
    return 0;
}
