/* __func__ names the function. */
#include "show.h"

static const char *name(void) { return __func__; }
int main(void)
{
    show("%s %s %d\n", name(), __func__, (int)sizeof __func__);
    return 0;
}
