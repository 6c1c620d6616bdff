/* Code that is never reached is still code. */
#include "show.h"

int main(void)
{
    int n = 1;
    if (0) { n = 5; inside: n++; goto out; }
    if (n < 2) goto inside;
    while (0) n = 100;
    for (; 0;) n = 200;
    return 9;
out:
    if (1) show("%d\n", n); else show("bad\n");
    return 0;
    show("bad\n");
}
