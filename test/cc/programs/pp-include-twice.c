/* A guarded file counts once, an unguarded one each time. */
#include "show.h"

#include "show.h"
#define ITEM(name) int name(void) { return sizeof #name; }
#include "items.inc"
#undef ITEM
#define ITEM(name) total += name();
int main(void)
{
    int total = 0;
#include "items.inc"
    show("%d\n", total);
    return 0;
}
