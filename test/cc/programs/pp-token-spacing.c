/* Tokens from different macros do not grow together. */
#include "show.h"

#define MINUS -
#define PLUS +
#define text(x) #x
#define xtext(x) text(x)
int main(void)
{
    int a = 5, b = 3;
    show("%d %d\n", a MINUS MINUS b, a PLUS PLUS b);
    show("%d\n", a -MINUS b);
    return 0;
}
