/* After a taken group even a broken #elif is only skipped. */
#include "show.h"

int main(void)
{
#if 1
    show("taken\n");
#elif (((
    show("bad\n");
#endif
    return 0;
}
