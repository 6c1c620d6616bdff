/* Bit-fields in conditions and switches. */
#include "show.h"

struct flags { unsigned on : 1, level : 3; int sign : 2; };
int main(void)
{
    struct flags f = { 1, 5, -1 };
    if (f.on && !(f.level == 4) && f.sign < 0) show("yes ");
    switch (f.level) {
    case 5: show("five "); break;
    default: show("bad ");
    }
    while (f.level) f.level--;
    show("%d %d\n", f.level, f.on ? f.sign : 9);
    return 0;
}
