/* A narrow bit-field becomes int, one of 32 bits stays unsigned. */
#include "show.h"

struct s { unsigned a : 31; unsigned b : 32; unsigned short c : 16; };
int main(void)
{
    struct s s = { 0, 0, 0 };
    show("%d %d %d\n", s.a - 1 < 0, s.b - 1 < 0, s.c - 1 < 0);
    s.a = 5;
    show("%d %d\n", -s.a < 0, ~s.a < 0);
    return 0;
}
