/* A tagged union. */
#include "show.h"

enum kind { INT, TEXT, PAIR };
struct value { enum kind kind; union { int i; const char *s; struct { short a, b; } p; } u; };
static void print(struct value v)
{
    switch (v.kind) {
    case INT: show("%d\n", v.u.i); break;
    case TEXT: show("%s\n", v.u.s); break;
    case PAIR: show("%d %d\n", v.u.p.a, v.u.p.b); break;
    }
}
int main(void)
{
    struct value a = { INT, { 5 } }, b, c;
    b.kind = TEXT;
    b.u.s = "text";
    c.kind = PAIR;
    c.u.p.a = -1;
    c.u.p.b = 2;
    print(a);
    print(b);
    print(c);
    return 0;
}
