/* The comma before an empty ## __VA_ARGS__ goes away. */
#include "show.h"

#define print(format, ...) show(format, ## __VA_ARGS__)
#define named(format, rest...) show(format, ## rest)

int main(void)
{
    print("none\n");
    print("%d\n", 1);
    named("none\n");
    named("%d %d\n", 2, 3);
    return 0;
}
