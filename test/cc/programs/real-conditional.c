/* ?: and the comma with floating point. */
#include "show.h"

int main(void)
{
    double a = 1.5;
    int yes = 1;
    show("%f %f %f\n", yes ? a : 2, yes ? 2 : a, (a++, a * 2));
    show("%f\n", !yes ? 1 : yes ? 2.5f : 3);
    return 0;
}
