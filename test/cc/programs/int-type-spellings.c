/* The words of a type may come in any order. */
#include "show.h"

int unsigned a = 1;
long unsigned int b = 2;
long int long c = 3;
unsigned long long int d = 4;
char unsigned e = 255;
short signed f = -1;
const int volatile static g = 5;
int long signed h = 6;
int main(void)
{
    show("%u %u %D %U %d %d %d %d\n", a, (unsigned)b, c, d, e, f, g, (int)h);
    show("%d %d\n", (int)sizeof c, (int)sizeof d);
    return 0;
}
