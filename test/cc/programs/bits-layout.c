/* Bit-fields fill a unit before they begin another. */
#include "show.h"

struct a { int x : 20; int y : 20; };
struct b { char c; int x : 20; int y : 4; };
struct c { short x : 9; short y : 9; };
struct d { char a : 3; char b : 5; char c : 1; };
struct e { int a : 4; int : 0; int b : 4; };
struct f { char a; int : 5; char b; };
struct g { int x : 31; char c; };
struct h { char a : 4; int b : 28; };
int main(void)
{
    show("%d %d %d %d\n", (int)sizeof(struct a), (int)sizeof(struct b), (int)sizeof(struct c), (int)sizeof(struct d));
    show("%d %d %d %d\n", (int)sizeof(struct e), (int)sizeof(struct f), (int)sizeof(struct g), (int)sizeof(struct h));
    return 0;
}
