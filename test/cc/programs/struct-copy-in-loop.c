/* Structures moved about in an array. */
#include "show.h"

struct item { int key; char name[5]; };
int main(void)
{
    struct item a[4] = { { 3, "tri" }, { 1, "uno" }, { 4, "quad" }, { 2, "duo" } }, t;
    int i, j;
    for (i = 0; i < 4; i++)
        for (j = i + 1; j < 4; j++)
            if (a[j].key < a[i].key) { t = a[i]; a[i] = a[j]; a[j] = t; }
    for (i = 0; i < 4; i++) show("%d%s ", a[i].key, a[i].name);
    show("\n");
    return 0;
}
