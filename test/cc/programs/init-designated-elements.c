/* [index] = value, forwards and backwards. */
#include "show.h"

enum { RED, GREEN, BLUE };
static const char *names[] = { [BLUE] = "blue", [RED] = "red", "green" };
static int a[] = { 1, [5] = 6, 7, [2] = 3, 4 };
int main(void)
{
    int i, b[6] = { [3] = 1, 2, [0] = 5 };
    show("%s %s %s %d\n", names[0], names[1], names[2], (int)(sizeof names / sizeof *names));
    for (i = 0; i < (int)(sizeof a / sizeof *a); i++) show("%d", a[i]);
    for (i = 0; i < 6; i++) show("%d", b[i]);
    show("\n");
    return 0;
}
