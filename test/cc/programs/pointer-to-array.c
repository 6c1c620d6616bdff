/* Pointers to whole arrays. */
#include "show.h"

int main(void)
{
    int a[3][4], (*row)[4] = a, (*all)[3][4] = &a, i, j;
    for (i = 0; i < 3; i++)
        for (j = 0; j < 4; j++) a[i][j] = i * 10 + j;
    show("%d %d %d\n", row[1][2], (*(row + 2))[3], (*all)[2][1]);
    row++;
    show("%d %d %d %d\n", (*row)[0], (int)sizeof *row, (int)sizeof *all, (int)(&a[2] - row));
    return 0;
}
