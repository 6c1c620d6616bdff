/* volatile objects are read and written as told. */
#include "show.h"

static volatile int counter;
int main(void)
{
    volatile int local = 3;
    volatile int *p = &counter;
    *p = 4;
    counter += *p;
    local = local * counter;
    show("%d %d\n", counter, local);
    return 0;
}
