/* Arithmetic and logical shifts. */
#include "show.h"

int main(void)
{
    long long a = -0x123456789ABCDEF1LL;
    unsigned long long b = a;
    int counts[] = { 0, 1, 4, 31, 32, 33, 60, 63 }, i;
    for (i = 0; i < 8; i++) show("%D %X\n", a >> counts[i], b >> counts[i]);
    show("%D %X %D %X\n", a >> 1, b >> 31, a >> 32, b >> 63);
    return 0;
}
