/* The same, computed by the compiler. */
#include "show.h"

enum { A = -17 / 5, B = -17 % 5, C = 17 / -5, D = 17 % -5 };
int main(void)
{
    static unsigned e = 4000000000u / 3;
    show("%d %d %d %d %u\n", A, B, C, D, e);
    return 0;
}
