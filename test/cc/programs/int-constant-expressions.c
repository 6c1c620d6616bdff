/* What must be constant may be computed. */
#include "show.h"

#define COUNT 3
static int a[COUNT * 2 + (1 ? 1 : 0)];
static int b[sizeof(int) * 2];
enum { X = sizeof a / sizeof a[0], Y = (X > 5 && X < 100) ? X << 1 : 0 };
int main(void)
{
    switch (14) {
    case X * 2: show("case %d\n", Y); break;
    case Y + 1: show("bad\n");
    }
    show("%d %d %d\n", X, Y, (int)(sizeof b / sizeof *b));
    return 0;
}
