/* Intermediate results wait while others are computed. */
#include "show.h"

int main(void)
{
    long long a = 3, b = 5, c = -7, d = 11;
    show("%D\n", ((a + b) * (c - d) - (a * d + (b << 33)) / (c * c - (d % a))) ^ ((a - b) * ((c + d) << 20 | (b & d))));
    return 0;
}
