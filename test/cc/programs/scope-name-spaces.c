/* Tags, labels, members and variables may share a name. */
#include "show.h"

struct x { int x; };
int main(void)
{
    struct x x = { 5 };
    goto x;
x:
    x.x++;
    enum y { y = 3 };
    enum y z = y;
    show("%d %d\n", x.x, z);
    return 0;
}
