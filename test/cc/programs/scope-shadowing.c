/* An inner name hides an outer one until its block ends. */
#include "show.h"

static int x = 1;
static int f(int x)
{
    int sum = x;
    {
        int x = 100;
        sum += x;
        {
            extern int outside;
            static int x = 1000;
            sum += x++ + outside;
        }
        sum += x;
    }
    return sum + x;
}
int outside = 7;
int main(void)
{
    show("%d %d %d\n", f(10), f(10), x);
    return 0;
}
