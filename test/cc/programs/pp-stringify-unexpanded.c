/* '#' takes the argument as written; one more level expands it first. */
#include "show.h"

#define NAME value
#define text(x) #x
#define expanded(x) text(x)

int main(void)
{
    show("%s %s\n", text(NAME), expanded(NAME));
    return 0;
}
