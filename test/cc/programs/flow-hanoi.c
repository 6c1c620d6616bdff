/* The towers of Hanoi. */
#include "show.h"

static int moves, height[3];
static void move(int n, int from, int to)
{
    if (!n) return;
    move(n - 1, from, 3 - from - to);
    height[from]--;
    height[to]++;
    moves++;
    move(n - 1, 3 - from - to, to);
}
int main(void)
{
    height[0] = 10;
    move(10, 0, 2);
    show("%d %d %d %d\n", moves, height[0], height[1], height[2]);
    return 0;
}
