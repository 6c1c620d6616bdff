/* Results through pointers. */
#include "show.h"

static void split(double value, int *whole, float *part)
{
    *whole = value;
    *part = value - *whole;
}
int main(void)
{
    int whole;
    float part;
    split(12.75, &whole, &part);
    show("%d %f\n", whole, part);
    return 0;
}
