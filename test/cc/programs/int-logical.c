/* The second operand counts only when the first does not decide. */
#include "show.h"

static int calls;
static int yes(void) { calls++; return 7; }
static int no(void) { calls += 10; return 0; }
int main(void)
{
    show("%d %d %d %d\n", yes() && no(), no() && yes(), yes() || no(), no() || yes());
    show("%d\n", calls);
    calls = 0;
    if (!(no() || yes() && !no()) || no()) show("bad\n");
    show("%d\n", calls);
    return 0;
}
