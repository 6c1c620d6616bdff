/* Character constants count in #if. */
#include "show.h"

int main(void)
{
#if 'A' == 65 && '\n' == 10 && '\x41' == 'A' && '\101' == 'A'
    show("yes\n");
#else
    show("no\n");
#endif
    return 0;
}
