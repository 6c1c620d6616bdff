/* Types without names, in casts and sizeof. */
#include "show.h"

typedef int (*handler)(char *, int);
int main(void)
{
    int a[2] = { 5, 6 };
    show("%d %d %d %d\n", (int)sizeof(int *), (int)sizeof(int[5]), (int)sizeof(int (*)[5]), (int)sizeof(char *[3]));
    show("%d %d %d\n", (int)sizeof(int (*)(int, char)), (int)sizeof(handler), (int)sizeof(struct { char c; int i; }));
    show("%d %d\n", *(int (*))&a[1], (*(int (*)[2])&a)[0]);
    return 0;
}
