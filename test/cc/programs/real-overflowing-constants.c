/* Constants out of range become infinite or zero. */
#include "show.h"

int main(void)
{
    double a = 1e999, b = 1e-999;
    float f = 1e39f, g = 1e-50f;
    show("%d %d %d %d\n", a == 1 / b, b == 0, f == a, g == 0);
    return 0;
}
