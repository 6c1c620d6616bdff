/* The object of a compound assignment is found once. */
#include "show.h"

static int calls;
static int array[3] = { 10, 20, 30 };
static int *next(void) { return &array[calls++]; }
int main(void)
{
    *next() += 5;
    (*next())++;
    --*next();
    show("%d %d %d %d\n", calls, array[0], array[1], array[2]);
    return 0;
}
