/* An expansion may end in a macro's name that takes its arguments from what follows. */
#include "show.h"

#define f(a) a * g
#define g(a) (a + 1)

int main(void)
{
    show("%d\n", f(2)(9));
    return 0;
}
