/* Declarations and statements in any order. */
#include "show.h"

int main(void)
{
    int a = 1;
    a += 2;
    int b = a * 2;
    show("%d %d ", a, b);
    int c[2] = { b, a };
    if (c[0] > c[1]) { a = 0; int a = 50; b = a; }
    show("%d %d\n", a, b);
    return 0;
}
