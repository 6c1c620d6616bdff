/* A preprocessing number takes letters, points and signed exponents along. */
#include "show.h"

#define text(x) #x
#define xtext(x) text(x)
#define e 9
#define E5 8
int main(void)
{
    show("%s %s %s\n", xtext(1e+e), xtext(.5E5), xtext(0x1e + e));
    return 0;
}
