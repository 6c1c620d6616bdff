/* Arrays of structures with arrays. */
#include "show.h"

struct row { char name[4]; int cells[3]; };
static struct row rows[2] = { { "ab", { 1, 2, 3 } }, { "cd", { 4, 5, 6 } } };
int main(void)
{
    int i, j, sum = 0;
    struct row *r;
    for (i = 0; i < 2; i++)
        for (j = 0; j < 3; j++) sum += rows[i].cells[j] * (i + 1);
    for (r = rows; r < rows + 2; r++) show("%s%d ", r->name, r->cells[1]);
    show("%d %d\n", sum, (int)sizeof rows);
    return 0;
}
