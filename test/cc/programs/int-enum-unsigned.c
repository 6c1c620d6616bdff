/* An enumeration has a sign only if one of its constants needs it. */
#include "show.h"

enum plain { ZERO } a = -1;
enum with_sign { MINUS = -1 } b = -1;
int main(void)
{
    show("%d %d\n", a > 0, b < 0);
    return 0;
}
