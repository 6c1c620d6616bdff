/* '##' that comes out of a macro is an ordinary token: the standard's hash_hash example. */
#include "show.h"

#define hash_hash # ## #
#define mkstr(a) # a
#define in_between(a) mkstr(a)
#define join(c, d) in_between(c hash_hash d)

int main(void)
{
    show("%s\n", join(x, y));
    return 0;
}
