/* Character constants and their escapes. */
#include "show.h"

int main(void)
{
    show("%d %d %d %d\n", 'a', '\'', '"', '\\');
    show("%d %d %d %d %d %d %d\n", '\a', '\b', '\f', '\n', '\r', '\t', '\v');
    show("%d %d %d %d %d\n", '\0', '\7', '\101', '\x7f', '\?');
    show("%d %d\n", '\xff', '\377');
    show("%d\n", (int)sizeof 'a');
    return 0;
}
