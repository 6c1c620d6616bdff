/* sizeof an array that a string sized. */
#include "show.h"

static const char text[] = "count" " me";
static const char table[][4] = { "one", "two" };
enum { LENGTH = sizeof text - 1, COUNT = sizeof table / sizeof table[0] };
static int lengths[LENGTH];
int main(void)
{
    show("%d %d %d\n", LENGTH, COUNT, (int)sizeof lengths);
    return 0;
}
