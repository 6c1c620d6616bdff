/* A product of matrices. */
#include "show.h"

static void multiply(double c[2][2], const double a[2][2], const double b[2][2])
{
    int i, j, k;
    for (i = 0; i < 2; i++)
        for (j = 0; j < 2; j++)
            for (c[i][j] = k = 0; k < 2; k++) c[i][j] += a[i][k] * b[k][j];
}
int main(void)
{
    double a[2][2] = { { 1, 2.5 }, { -3, 4 } }, b[2][2] = { { 0.5, 1 }, { 2, -1 } }, c[2][2];
    multiply(c, a, b);
    show("%f %f %f %f\n", c[0][0], c[0][1], c[1][0], c[1][1]);
    return 0;
}
