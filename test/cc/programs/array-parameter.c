/* A parameter's array is a pointer. */
#include "show.h"

static int size(int a[10], char b[3][5]) { a[1] = 9; return sizeof a + sizeof b + sizeof b[0]; }
int main(void)
{
    int a[10] = { 0 };
    char b[3][5];
    int n = size(a, b);
    show("%d %d\n", n, a[1]);
    return 0;
}
