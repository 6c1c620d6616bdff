/* Strings side by side are one; an escape ends with its token. */
#include "show.h"

#define MIDDLE " and "
int main(void)
{
    show("%s %d\n", "one" MIDDLE "two", (int)sizeof("a" "b" ""));
    show("%d %d\n", ("\x1" "1")[0], ("\x1" "1")[1]);
    return 0;
}
