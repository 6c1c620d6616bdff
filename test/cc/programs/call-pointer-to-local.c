/* A callee changes its caller's variables. */
#include "show.h"

static void divide(int a, int b, int *quotient, int *rest)
{
    *quotient = a / b;
    *rest = a % b;
}
int main(void)
{
    int q, r;
    divide(47, 6, &q, &r);
    show("%d %d\n", q, r);
    return 0;
}
