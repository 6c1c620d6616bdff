/* Conway's glider after four generations. */
#include "show.h"

static unsigned char now[8][8], then[8][8];
static int neighbours(int y, int x)
{
    int n = 0, i, j;
    for (i = -1; i <= 1; i++)
        for (j = -1; j <= 1; j++)
            if (i || j) n += now[(y + i) & 7][(x + j) & 7];
    return n;
}
int main(void)
{
    static const char *start[] = { ".#", "..#", "###" };
    int g, y, x;
    for (y = 0; y < 3; y++)
        for (x = 0; start[y][x]; x++) now[y][x] = start[y][x] == '#';
    for (g = 0; g < 4; g++) {
        for (y = 0; y < 8; y++)
            for (x = 0; x < 8; x++) {
                int n = neighbours(y, x);
                then[y][x] = n == 3 || (n == 2 && now[y][x]);
            }
        for (y = 0; y < 64; y++) now[0][y] = then[0][y];
    }
    for (y = 0; y < 8; y++)
        for (x = 0; x < 8; x++) if (now[y][x]) show("%d,%d ", y, x);
    show("\n");
    return 0;
}
