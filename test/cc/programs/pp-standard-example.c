/* The example of section 6.10.3.5 of the C standard, with numbers in place of names. */
#include "show.h"

#define x 3
#define f(a) f(x * (a))
#undef x
#define x 2
#define g f
#define z z[0]
#define h g(~
#define m(a) a(w)
#define w 0,1
#define t(a) a
#define p() int
#define q(x) x
#define r(x, y) x##y
#define str(...) #__VA_ARGS__
#define xstr(...) str(__VA_ARGS__)

int main(void)
{
    show("%s\n", xstr(f(y + 1) + f(f(z)) % t(t(g)(0) + t)(1);));
    show("%s\n", xstr(g(x + (3, 4) - w) | m(f)^m(m);));
    show("%s\n", xstr(p() i[q()] = { q(1), r(2, 3), r(4, ), r(, 5), r(, ) };));
    return 0;
}
