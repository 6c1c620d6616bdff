/* Writing one bit-field leaves the others alone. */
#include "show.h"

struct s { unsigned a : 1, b : 6, c : 9, d : 16; };
int main(void)
{
    struct s s = { 1, 63, 511, 65535 };
    s.b = 0;
    show("%d %d %d %d\n", s.a, s.b, s.c, s.d);
    s.d = 0;
    s.b = 21;
    show("%d %d %d %d\n", s.a, s.b, s.c, s.d);
    s.c ^= 0x155;
    s.a &= 0;
    show("%d %d %d %d\n", s.a, s.b, s.c, s.d);
    return 0;
}
