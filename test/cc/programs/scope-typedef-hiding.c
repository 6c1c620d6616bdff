/* A variable may hide a type's name. */
#include "show.h"

typedef int number;
typedef char letter;
static int f(number n) { number number = n * 2; return number + 1; }
int main(void)
{
    letter letter = 'a';
    number a = 1;
    {
        typedef long long number;
        number b = 0x100000000LL;
        show("%d ", (int)(sizeof b / sizeof a));
    }
    number c = 2;
    show("%d %c %d %d\n", f(3), letter, (int)sizeof letter, c);
    return 0;
}
