/* float computes and stores in 24 bits. */
#include "show.h"

int main(void)
{
    float a = 16777216.0f, b = 0.1f;
    float c = a + 1;
    show("%f %d %f\n", c, b == 0.1, b * 10);
    c = b + b + b;
    show("%f %d\n", c, (int)sizeof(b * b));
    return 0;
}
