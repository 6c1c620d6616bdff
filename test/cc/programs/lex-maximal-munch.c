/* The longest operator is taken. */
#include "show.h"

int main(void)
{
    int a = 5, b = 2;
    int c = a+++b;
    int d = a---b;
    int e = a- -b;
    show("%d %d %d %d %d\n", a, b, c, d, e);
    c = a<<b>>1;
    d = a>b>0;
    c<<=2;
    d|=c>=4;
    show("%d %d\n", c, d);
    return 0;
}
