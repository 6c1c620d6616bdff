/* Loads of every size and sign from memory. */
#include "show.h"

static signed char a[2] = { -1, 1 };
static unsigned char b[2] = { 255, 1 };
static short c[2] = { -1, 1 };
static unsigned short d[2] = { 65535, 1 };
int main(void)
{
    int i = 0;
    long long w = a[i], x = b[i], y = c[i], z = d[i];
    double e = a[i] + c[i];
    show("%d %d %d %d %D %D %D %D %f\n", a[i], b[i], c[i], d[i], w, x, y, z, e);
    return 0;
}
