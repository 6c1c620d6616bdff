/* The name in #include may come from a macro. */
#include "show.h"

#define HEADER "items.inc"
#define ITEM(name) #name " "
int main(void)
{
    show("%s\n",
#include HEADER
    );
    return 0;
}
