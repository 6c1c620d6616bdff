/* Many declarators in one declaration. */
#include "show.h"

static int a, *b = &a, c[2] = { 1, 2 }, (*d)(void), e = 5, **f = &b;
static int g(void) { return 8; }
int main(void)
{
    unsigned char h = 250, *i = &h, j[3] = { 1 };
    d = g;
    a = 3;
    ++*i;
    show("%d %d %d %d %d %d %d\n", *b, c[1], d(), e, **f, h, j[0]);
    return 0;
}
