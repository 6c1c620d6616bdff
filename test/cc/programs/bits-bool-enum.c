/* Bit-fields of _Bool and enumeration types. */
#include "show.h"

enum e { A, B, C, D };
struct s { _Bool a : 1; enum e b : 2; _Bool c : 1; unsigned char d : 4; };
int main(void)
{
    struct s s = { 0 };
    s.a = 4;
    s.b = D;
    s.d = 11;
    show("%d %d %d %d %d\n", s.a, s.b, s.c, s.d, s.b == D);
    s.c = 0.5;
    s.a = !s.a;
    s.b = B;
    show("%d %d %d %d\n", s.a, s.b, s.c, s.d);
    return 0;
}
