/* Parameters are variables of their own. */
#include "show.h"

static int count(int n, char c)
{
    int k = 0;
    while (n-- > 0) k += c++;
    c = 300;
    return k + c;
}
int main(void)
{
    int n = 4;
    show("%d %d\n", count(n, 1), n);
    return 0;
}
