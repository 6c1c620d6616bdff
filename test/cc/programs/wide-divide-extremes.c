/* The smallest number, and division by one and minus one. */
#include "show.h"

int main(void)
{
    long long low = -9223372036854775807LL - 1, one = 1, minus = -1;
    show("%D %D %D\n", low / one, low % one, (low + 1) / minus);
    show("%D %D %D\n", low / 2, low % 10, low / 10);
    show("%D %D\n", low / low, one / low);
    return 0;
}
