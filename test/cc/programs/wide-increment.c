/* ++ and -- carry. */
#include "show.h"

int main(void)
{
    long long a = 0xFFFFFFFF;
    unsigned long long b = 0;
    show("%D ", a++);
    show("%D ", a);
    show("%D ", --a);
    show("%D ", a--);
    show("%X ", b--);
    show("%D %X\n", a, b);
    return 0;
}
