/* Initialisers of variables, with and without braces. */
#include "show.h"

static int a = 5, b = { 6 };
static char c = 'x', *s = { "text" };
int main(void)
{
    int d = { 7 }, e = d + 1, f = (d, e);
    char *t = "local";
    show("%d %d %c %s %d %d %d %s\n", a, b, c, s, d, e, f, t);
    return 0;
}
