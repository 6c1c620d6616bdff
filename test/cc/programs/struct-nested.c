/* Structures within structures, and their tags outside. */
#include "show.h"

struct outer {
    struct inner { int a; struct { int b; } deep; } in[2];
    enum mode { OFF, ON } mode;
};
int main(void)
{
    struct outer o = { { { 1, { 2 } }, { 3, { 4 } } }, ON };
    struct inner i = o.in[1];
    enum mode m = o.mode;
    show("%d %d %d %d\n", i.a, i.deep.b, m == ON, (int)sizeof o);
    return 0;
}
