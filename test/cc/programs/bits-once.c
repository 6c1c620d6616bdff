/* The structure of a bit-field is found once. */
#include "show.h"

struct s { unsigned a : 4, b : 4; };
static struct s table[3];
static int calls;
static struct s *next(void) { return &table[calls++]; }
int main(void)
{
    next()->a = 5;
    next()->b += 3;
    next()->a++;
    show("%d %d %d %d\n", calls, table[0].a, table[1].b, table[2].a);
    return 0;
}
