/* __LINE__ is the line of its use. */
#include "show.h"

#define HERE __LINE__
int main(void)
{
    show("%d\n", __LINE__);
    show("%d %d\n", HERE,
         __LINE__);
    /* a comment
       of lines */ show("%d\n", __LINE__);
    return 0;
}
