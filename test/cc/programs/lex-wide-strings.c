/* Wide characters are ints. */
#include "show.h"

int main(void)
{
    static const long text[] = L"ab";
    const long *other = L"x" "yz";
    show("%d %d %d %d\n", (int)(sizeof text / sizeof text[0]), text[0], text[1], text[2]);
    show("%d %d %d %d\n", other[2], (int)sizeof L"12", L'a', (int)sizeof L'a');
    return 0;
}
