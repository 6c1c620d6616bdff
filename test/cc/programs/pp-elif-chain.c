/* Only the first true group of an #if is compiled. */
#include "show.h"

#define N 3
int main(void)
{
#if N == 1
    show("one\n");
#elif N == 2
    show("two\n");
#elif N == 3
    show("three\n");
#elif N > 0
    show("positive\n");
#else
    show("other\n");
#endif
    return 0;
}
