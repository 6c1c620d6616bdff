/* Every compound assignment. */
#include "show.h"

int main(void)
{
    int a = 100;
    a += 5; show("%d ", a);
    a -= 7; show("%d ", a);
    a *= 3; show("%d ", a);
    a /= 4; show("%d ", a);
    a %= 50; show("%d ", a);
    a <<= 3; show("%d ", a);
    a >>= 1; show("%d ", a);
    a |= 3; show("%d ", a);
    a &= 0x5E; show("%d ", a);
    a ^= 0xFF; show("%d\n", a);
    return 0;
}
