/* Eight queens. */
#include "show.h"

static int columns[8], count;
static int safe(int row, int column)
{
    int r;
    for (r = 0; r < row; r++) {
        int d = columns[r] - column;
        if (d == 0 || d == row - r || d == r - row) return 0;
    }
    return 1;
}
static void place(int row)
{
    int c;
    if (row == 8) { count++; return; }
    for (c = 0; c < 8; c++)
        if (safe(row, c)) { columns[row] = c; place(row + 1); }
}
int main(void)
{
    place(0);
    show("%d\n", count);
    return 0;
}
