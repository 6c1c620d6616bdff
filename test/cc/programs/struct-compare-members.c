/* A dynamic offset reaches a member. */
#include "show.h"

#define offset(type, member) ((unsigned)&((type *)0)->member)
struct s { char a; short b; int c; char d[5]; };
int main(void)
{
    struct s s = { 1, 2, 3, "four" };
    char *base = (char *)&s;
    show("%d %d %s\n", *(short *)(base + offset(struct s, b)), *(int *)(base + offset(struct s, c)), base + offset(struct s, d));
    show("%u %u\n", offset(struct s, d[2]), (unsigned)sizeof(((struct s *)0)->d));
    return 0;
}
