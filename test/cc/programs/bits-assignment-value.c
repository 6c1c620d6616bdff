/* The value of an assignment to a bit-field is what it then holds. */
#include "show.h"

struct s { unsigned a : 3; int b : 4; };
int main(void)
{
    struct s s;
    int x = s.a = 13, y = s.b = 9, z;
    show("%d %d %d %d\n", x, y, s.a, s.b);
    z = (s.a += 5);
    show("%d %d\n", z, (s.b <<= 1));
    z = s.a++;
    show("%d %d ", z, s.a);
    z = --s.b;
    show("%d %d\n", z, s.b);
    return 0;
}
