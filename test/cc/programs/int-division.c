/* Division cuts towards zero, and the remainder has the dividend's sign. */
#include "show.h"

int main(void)
{
    int a = 17, b = 5;
    show("%d %d %d %d\n", a / b, -a / b, a / -b, -a / -b);
    show("%d %d %d %d\n", a % b, -a % b, a % -b, -a % -b);
    show("%u %u\n", 4000000000u / 3, 4000000000u % 7);
    return 0;
}
