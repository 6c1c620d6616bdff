/* Parentheses in an argument protect its commas. */
#include "show.h"

#define first(a, b) (a)
#define call(function, arguments) function arguments

static int add(int a, int b) { return a + b; }

int main(void)
{
    show("%d %d\n", first(add(1, 2), 9), call(add, (30, 4)));
    return 0;
}
