/* A macro with parameters needs parentheses to be a call, also on the next line. */
#include "show.h"

#define f(x) ((x) * 2)

int main(void)
{
    int f = 5;
    show("%d %d %d\n", f, f(f), f
         (7));
    return 0;
}
