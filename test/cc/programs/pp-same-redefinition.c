/* A macro may be defined again in the same words. */
#include "show.h"

#define ADD(a, b) ((a) + (b))
#define ADD(a, b)   ((a) + (b))
#define ONE 1
#define ONE 1

int main(void)
{
    show("%d\n", ADD(ONE, 2));
    return 0;
}
