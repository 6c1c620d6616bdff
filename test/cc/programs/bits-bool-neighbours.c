/* Several _Bool bit-fields in one byte. */
#include "show.h"

struct s { _Bool a : 1, b : 1, c : 1; unsigned char d : 5; };
int main(void)
{
    struct s s = { 1, 0, 1, 31 };
    s.b = 7;
    s.a = 0;
    show("%d%d%d %d %d\n", s.a, s.b, s.c, s.d, (int)sizeof s);
    return 0;
}
