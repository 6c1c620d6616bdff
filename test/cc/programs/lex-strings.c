/* Strings have a zero at their end, and their own escapes. */
#include "show.h"

int main(void)
{
    const char *s = "a\tb\\\"\x41\101\0hidden";
    int i;
    show("%s %d\n", s, (int)sizeof "a\tb\\\"\x41\101\0hidden");
    for (i = 0; i < 5; i++) show("%d ", s[i]);
    show("%d\n", (int)sizeof "");
    return 0;
}
