/* A name that is no macro is zero in #if, even a keyword. */
#include "show.h"

#define EMPTY_IS_NOT_ZERO 0
int main(void)
{
#if UNKNOWN || int || EMPTY_IS_NOT_ZERO
    show("one\n");
#else
    show("zero\n");
#endif
    return 0;
}
