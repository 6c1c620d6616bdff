/* <…> is searched in the -I folders. */
#include "show.h"

#include <show.h>
#define OPEN <show.h>
#include OPEN
int main(void)
{
    show("found\n");
    return 0;
}
