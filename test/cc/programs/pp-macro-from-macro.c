/* A macro's body may name macros that are defined later. */
#include "show.h"

#define A B
#define B C + D
#define C 40
#define D 2
int main(void)
{
    show("%d\n", A);
#undef C
#define C 50
    show("%d\n", A);
    return 0;
}
