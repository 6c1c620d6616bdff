/* Bit-fields of long long. */
#include "show.h"

struct s { unsigned long long a : 5, b : 40, c : 19; long long d : 33; };
int main(void)
{
    struct s s = { 17, 0xABCDEF0123ULL, 0x7FFFF, -3 }, *p = &s;
    show("%U %X %X %D %d\n", (unsigned long long)s.a, (unsigned long long)s.b, (unsigned long long)p->c, (long long)p->d, (int)sizeof s);
    p->b += 0x10;
    p->d = p->d * 1000000000;
    s.c = 5;
    show("%X %D %X\n", (unsigned long long)s.b, (long long)s.d, (unsigned long long)s.c);
    return 0;
}
