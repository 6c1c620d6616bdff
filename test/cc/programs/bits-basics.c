/* Bit-fields store and give their own bits. */
#include "show.h"

struct s { unsigned a : 3; unsigned b : 7; unsigned c : 22; };
int main(void)
{
    struct s s = { 5, 100, 1000000 };
    show("%d %d %d %d\n", s.a, s.b, s.c, (int)sizeof s);
    s.a = 9;
    s.b += 30;
    s.c--;
    show("%d %d %d\n", s.a, s.b, s.c);
    return 0;
}
