/* A directive may stand between the arguments of an ordinary call. */
#include "show.h"

int main(void)
{
    show("%d %d\n",
#if 1
        1,
#else
        9,
#endif
        2);
    return 0;
}
