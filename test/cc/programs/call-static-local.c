/* A static local lives on. */
#include "show.h"

static int counter(void)
{
    static int n = 10;
    static int calls;
    calls++;
    return n += calls;
}
static int other(void)
{
    static int n;
    return --n;
}
int main(void)
{
    counter();
    counter();
    other();
    show("%d %d\n", counter(), other());
    return 0;
}
