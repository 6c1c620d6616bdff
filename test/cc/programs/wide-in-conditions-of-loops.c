/* Mixed comparisons decide loops. */
#include "show.h"

int main(void)
{
    unsigned long long n = 27;
    int steps = 0;
    unsigned char limit = 200;
    while (n != 1 && steps < limit) {
        n = n & 1 ? 3 * n + 1 : n / 2;
        steps++;
    }
    show("%d %U\n", steps, n);
    return 0;
}
