/* Declarators from the inside out. */
#include "show.h"

static int a[3] = { 1, 2, 3 };
static int *f(int *p) { return p + 1; }
static int *(*fp)(int *) = f;
static int *(*table[2])(int *) = { f, f };
static int (*pa)[3] = &a;
static int *ap[3] = { a, a + 1, a + 2 };
static int (*(*getter)(void))[3];
static int (*get(void))[3] { return &a; }
static char *const *const words = (char *const[]){ "x", "y" };
int main(void)
{
    int (*(*q)[2])(void) = 0;
    getter = get;
    show("%d %d %d %d %d\n", *fp(a), *table[1](a + 1), (*pa)[2], *ap[2], (*getter())[0]);
    show("%s %d %d\n", words[1], (int)sizeof q, (int)sizeof *q);
    return 0;
}
