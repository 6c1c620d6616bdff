/* Structures of every small size as arguments. */
#include "show.h"

struct s1 { char a[1]; };
struct s2 { char a[2]; };
struct s3 { char a[3]; };
struct s5 { char a[5]; };
struct s8 { int a[2]; };
static int sum(struct s1 a, struct s2 b, struct s3 c, struct s5 d, struct s8 e, int f)
{
    return a.a[0] + b.a[1] * 2 + c.a[2] * 3 + d.a[4] * 4 + e.a[1] * 5 + f;
}
int main(void)
{
    struct s1 a = { { 1 } };
    struct s2 b = { { 1, 2 } };
    struct s3 c = { { 1, 2, 3 } };
    struct s5 d = { { 1, 2, 3, 4, 5 } };
    struct s8 e = { { 7, 8 } };
    show("%d\n", sum(a, b, c, d, e, 1000));
    return 0;
}
