/* Arrays of characters from strings. */
#include "show.h"

static char a[] = "abc", b[6] = "de", c[3] = "xyz", d[] = { "braces" };
int main(void)
{
    char e[] = "local", f[10] = "padded", g[2] = "ab";
    static unsigned char h[] = "uns" "igned";
    show("%s %s %c%c%c %s\n", a, b, c[0], c[1], c[2], d);
    show("%s %s %d %c%c %s\n", e, f, f[9], g[0], g[1], (char *)h);
    show("%d %d %d %d %d\n", (int)sizeof a, (int)sizeof b, (int)sizeof c, (int)sizeof e, (int)sizeof h);
    return 0;
}
