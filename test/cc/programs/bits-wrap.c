/* Counting in a bit-field wraps around. */
#include "show.h"

struct s { unsigned a : 2; int b : 2; };
int main(void)
{
    struct s s = { 0, 0 };
    int i;
    for (i = 0; i < 6; i++) {
        show("%d ", s.a++);
        show("%d ", s.b--);
    }
    show("\n");
    return 0;
}
