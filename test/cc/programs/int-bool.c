/* _Bool holds whether, not how much. */
#include "show.h"

int main(void)
{
    _Bool a = 5, b = 0.25, c = 0, d = "text";
    long long w = 0x500000000LL;
    _Bool e = w;
    show("%d%d%d%d%d %d\n", a, b, c, d, e, (int)sizeof(_Bool));
    a++; c++;
    show("%d%d", a, c);
    a--; b = !b; c += 7; d *= 2;
    show("%d%d%d%d %d\n", a, b, c, d, (_Bool)256);
    return 0;
}
