/* Plain char is signed here. */
#include "show.h"

int main(void)
{
    char c = 200;
    show("%d %d\n", c, c < 0);
    c = '\x80';
    show("%d %d\n", c, c == '\x80');
    return 0;
}
