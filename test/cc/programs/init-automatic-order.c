/* Automatic initialisers are computed as the program goes. */
#include "show.h"

static int f(int n) { return n * 2; }
int main(void)
{
    int i;
    for (i = 0; i < 3; i++) {
        int a = f(i), b[2] = { a, a + 1 };
        struct { int x, y; } s = { b[1], f(b[0]) };
        show("%d %d %d ", b[0], s.x, s.y);
        b[0] = 100;
    }
    show("\n");
    return 0;
}
