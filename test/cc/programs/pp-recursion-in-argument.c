/* A macro may appear in its own argument. */
#include "show.h"

#define twice(x) ((x) + (x))

int main(void)
{
    show("%d\n", twice(twice(twice(1))));
    return 0;
}
