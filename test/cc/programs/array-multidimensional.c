/* Arrays of arrays of arrays. */
#include "show.h"

static int cube[2][3][4];
static int trace(int m[][4], int n) { int i, t = 0; for (i = 0; i < n; i++) t += m[i][i]; return t; }
int main(void)
{
    int i, j, k, n = 0;
    for (i = 0; i < 2; i++)
        for (j = 0; j < 3; j++)
            for (k = 0; k < 4; k++) cube[i][j][k] = n++;
    show("%d %d %d %d\n", cube[1][2][3], cube[0][1][2], *cube[1][1], **cube[1]);
    show("%d %d %d\n", (int)sizeof cube, (int)sizeof cube[0], (int)sizeof cube[0][0]);
    show("%d\n", trace(cube[1], 3));
    return 0;
}
