/* Values are converted to what they initialise. */
#include "show.h"

static char a = 300;
static unsigned char b = -1;
static float c = 1;
static double d = 'a';
static long long e = -5;
static unsigned f = -1;
static _Bool g = 5;
static short h[] = { 70000, 2.9 };
int main(void)
{
    char i = 300;
    float j = 3;
    long long k = 'k';
    double l[2] = { 1, 2u };
    show("%d %d %f %f %D %u %d %d %d\n", a, b, c, d, e, f, g, h[0], h[1]);
    show("%d %f %D %f\n", i, j, k, l[1]);
    return 0;
}
