/* Unary plus, minus, complement and not, of each other. */
#include "show.h"

int main(void)
{
    int a = 5;
    unsigned b = 1;
    show("%d %d %d %d\n", - -a, ~~a, !!a, -~a);
    show("%u %d %d\n", -b, +a, -b > 0);
    return 0;
}
