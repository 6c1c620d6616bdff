/* ++ and -- before and after, on every integer type. */
#include "show.h"

int main(void)
{
    unsigned char c = 255;
    signed char s = 127;
    unsigned short u = 0;
    int i = 5;
    show("%d ", c++);
    show("%d ", s++);
    show("%d ", u--);
    show("%d %d %d\n", c, s, u);
    show("%d ", ++c);
    show("%d ", --s);
    show("%d ", ++u);
    show("%d ", i++ + 10);
    show("%d ", --i == 5);
    show("%d %d %d %d\n", c, s, u, i);
    return 0;
}
