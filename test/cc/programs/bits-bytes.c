/* The bytes of structures with bit-fields. */
#include "show.h"

static void dump(void *p, int n)
{
    unsigned char *c = p;
    while (n--) show("%x ", *c++);
    show("\n");
}
struct a { unsigned a : 3, b : 13, c : 10; unsigned short d : 5, e : 11; unsigned char f; };
struct b { char c; unsigned x : 12; unsigned : 3; unsigned y : 5; unsigned z : 9; };
struct c { unsigned short a : 7; int b : 17; unsigned char c : 2; };
int main(void)
{
    struct a a = { 0 };
    struct b b = { 0 };
    struct c c = { 0 };
    a.a = 5; a.b = 0x1234; a.c = 0x2AA; a.d = 0x15; a.e = 0x555; a.f = 0x77;
    b.c = 0x11; b.x = 0xABC; b.y = 0x1F; b.z = 0x155;
    c.a = 0x55; c.b = 0xABCD; c.c = 2;
    dump(&a, sizeof a);
    dump(&b, sizeof b);
    dump(&c, sizeof c);
    return 0;
}
