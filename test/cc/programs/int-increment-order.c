/* The value of x++ is the old one, of ++x the new one. */
#include "show.h"

int main(void)
{
    int a = 3, b, c;
    b = a++;
    c = ++a;
    show("%d %d %d\n", a, b, c);
    b = a--;
    c = --a;
    show("%d %d %d\n", a, b, c);
    return 0;
}
