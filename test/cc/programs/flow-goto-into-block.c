/* A label within a block can be reached from outside. */
#include "show.h"

int main(void)
{
    int n = 0;
    goto inside;
    while (n < 3) {
        show("top ");
inside:
        show("inside%d ", n++);
    }
    show("\n");
    return 0;
}
