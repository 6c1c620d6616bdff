/* Statements that do nothing. */
#include "show.h"

int main(void)
{
    int i;
    for (i = 0; i < 5; i++);
    ;;;
    if (i) ; else show("bad");
    {}
    while (i-- > 0);
    show("%d\n", i);
    return 0;
}
