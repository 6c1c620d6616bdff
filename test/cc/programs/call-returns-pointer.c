/* Functions that return pointers of many kinds. */
#include "show.h"

static int table[3] = { 5, 6, 7 };
static int *element(int i) { return table + i; }
static int (*whole(void))[3] { return &table; }
static const char *text(int n) { return n ? "one" : "zero"; }
int main(void)
{
    *element(1) = 60;
    show("%d %d %s %c\n", *element(1), (*whole())[2], text(1), text(0)[1]);
    return 0;
}
