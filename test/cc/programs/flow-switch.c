/* A switch falls through until a break. */
#include "show.h"

static void f(int n)
{
    switch (n) {
    case 1: show("one ");
    case 2: show("two "); break;
    case 3:
    case 4: show("more "); break;
    default: show("other ");
    case -5: show("minus ");
    }
}
int main(void)
{
    int i;
    for (i = 0; i < 5; i++) f(i);
    f(-5);
    f(1000000);
    show("\n");
    return 0;
}
