/* *p++ and its relatives. */
#include "show.h"

int main(void)
{
    char text[] = "hello", copy[8], *from = text, *to = copy;
    int a[3] = { 1, 2, 3 }, *p = a;
    while ((*to++ = *from++)) { }
    show("%s %d\n", copy, (int)(from - text));
    show("%d ", *p++);
    show("%d ", (*p)++);
    show("%d ", ++*p);
    show("%d ", *++p);
    show("%d %d %d\n", a[0], a[1], a[2]);
    return 0;
}
