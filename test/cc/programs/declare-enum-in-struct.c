/* Constants declared within other declarations. */
#include "show.h"

struct s { enum { LOW = 3, HIGH = LOW * 4 } level; int v[HIGH - LOW]; };
static int f(int n) { enum { HERE = 7 }; return n + HERE; }
int main(void)
{
    struct s s = { HIGH };
    show("%d %d %d\n", s.level, (int)(sizeof s.v / sizeof s.v[0]), f(LOW));
    return (int)sizeof(enum { LAST = 4 }) - LAST;
}
