/* Strings in arrays, and pointers to them. */
#include "show.h"

int main(void)
{
    const char *pointers[] = { "alpha", "beta", 0 };
    char arrays[][6] = { "gamma", "delta" };
    const char **p;
    for (p = pointers; *p; p++) show("%s ", *p);
    arrays[1][0] = 'D';
    show("%s %s %d %d\n", arrays[0], arrays[1], (int)sizeof arrays, (int)sizeof pointers);
    show("%c %c\n", pointers[1][2], "inline"[3]);
    return 0;
}
