/* Members of unnamed structures and unions are members outside. */
#include "show.h"

struct s {
    int a;
    union {
        int b;
        struct { short lo, hi; };
    };
    struct { int c; union { char d; int e; }; };
};
int main(void)
{
    struct s s = { 1, { 0x20003 }, { 4, { 5 } } }, *p = &s;
    show("%d %d %d %d %d\n", s.a, s.lo, p->hi, s.c, p->d);
    p->hi = 7;
    s.e = 6;
    show("%x %d %d\n", s.b, s.d, (int)sizeof s);
    return 0;
}
