/* #undef forgets a macro, and may name one that never was. */
#include "show.h"

#define N 1
#undef N
#undef N
#define N 2

int main(void)
{
    show("%d\n", N);
    return 0;
}
