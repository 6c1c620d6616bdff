/* Bit-fields in units of one and two bytes. */
#include "show.h"

struct s { signed char a : 4, b : 4; unsigned short c : 5, d : 12; short e : 3; };
int main(void)
{
    struct s s = { -8, 7, 31, 4095, -4 };
    show("%d %d %d %d %d %d\n", s.a, s.b, s.c, s.d, s.e, (int)sizeof s);
    s.d++;
    s.a--;
    s.e *= 3;
    show("%d %d %d %d %d\n", s.a, s.b, s.c, s.d, s.e);
    return 0;
}
