/* 64-bit members and elements. */
#include "show.h"

struct s { char c; long long w; char d; };
int main(void)
{
    long long a[3] = { 1, -2, 0x300000003LL };
    struct s s = { 'a', 0x123456789LL, 'b' }, *p = &s;
    int i;
    for (i = 0; i < 3; i++) a[i] = a[i] * 2 + i;
    show("%D %D %D\n", a[0], a[1], a[2]);
    p->w += a[2];
    show("%c %X %c %d\n", p->c, p->w, p->d, (int)sizeof s);
    return 0;
}
