/* The ends of each type's range. */
#include "show.h"

int main(void)
{
    int low = -2147483647 - 1, high = 2147483647;
    show("%d %d %u\n", low, high, (unsigned)low);
    show("%d %d %d\n", low < high, low >> 31, (unsigned)high + 1 == (unsigned)low);
    show("%d %d\n", high / -1, low / 2);
    return 0;
}
