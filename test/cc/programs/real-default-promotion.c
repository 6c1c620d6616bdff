/* A float travels as a double where nothing else is said. */
#include "show.h"

int main(void)
{
    float a = 1.25f;
    show("%f %d %f\n", a, 7, a + a);
    return 0;
}
