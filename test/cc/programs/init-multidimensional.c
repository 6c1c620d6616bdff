/* Arrays of arrays, with braces, without, and with some. */
#include "show.h"

static int a[2][3] = { { 1, 2, 3 }, { 4, 5, 6 } };
static int b[2][3] = { 1, 2, 3, 4 };
static int c[][2] = { { 1 }, 2, 3, { 4, 5 }, 6 };
static int d[2][2][2] = { { { 1 }, 2 }, { 3, 4, { 5 } } };
int main(void)
{
    int i, *p;
    for (p = a[0], i = 0; i < 6; i++) show("%d", p[i]);
    for (p = b[0], i = 0; i < 6; i++) show("%d", p[i]);
    show(" %d ", (int)(sizeof c / sizeof *c));
    for (p = c[0], i = 0; i < 8; i++) show("%d", p[i]);
    for (p = d[0][0], i = 0; i < 8; i++) show("%d", p[i]);
    show("\n");
    return 0;
}
