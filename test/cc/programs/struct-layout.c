/* Members lie where the ABI puts them. */
#include "show.h"

#define at(type, member) (int)&((type *)0)->member
struct a { char c; int i; char d; };
struct b { char c; short s; char d; long long l; };
struct c { char c; double d; };
struct d { char c[3]; struct a a; char e; };
struct e { char c; long double l; };
struct f { short s; char c; };
int main(void)
{
    show("%d %d %d\n", at(struct a, i), at(struct a, d), (int)sizeof(struct a));
    show("%d %d %d %d\n", at(struct b, s), at(struct b, d), at(struct b, l), (int)sizeof(struct b));
    show("%d %d\n", at(struct c, d), (int)sizeof(struct c));
    show("%d %d %d\n", at(struct d, a), at(struct d, e), (int)sizeof(struct d));
    show("%d %d %d\n", at(struct e, l), (int)sizeof(struct e), (int)sizeof(struct f));
    return 0;
}
