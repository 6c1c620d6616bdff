/* ?: takes the common type of both values. */
#include "show.h"

int main(void)
{
    int a = 1;
    unsigned char c = 200;
    show("%d %d\n", a ? -1 : 2, (a ? -1 : 2u) > 0);
    show("%d %D\n", (int)sizeof(a ? 1 : 2LL), a ? c : 5LL);
    show("%f %d\n", a ? 3 : 1.5, a ? a ? 10 : 20 : 30);
    show("%s\n", a ? "yes" : 0);
    return 0;
}
