/* A function declared with empty parentheses takes what it is given. */
#include "show.h"

int later();
int main(void)
{
    char c = 3;
    show("%d\n", later(1, c, 'a'));
    return 0;
}
int later(int a, int b, int c)
{
    return a * 10000 + b * 1000 + c;
}
