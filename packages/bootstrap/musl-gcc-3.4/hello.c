#include <complex.h>
#include <math.h>
#include <stdio.h>

/* What the musl that TinyCC compiled could not: complex numbers, and an optimiser behind the floating point. */
int main(void) {
    printf("%.6f %.6f\n", sqrt(2.0), cabs(3.0 + 4.0 * I));
    return 0;
}
