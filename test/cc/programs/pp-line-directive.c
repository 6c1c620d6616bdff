/* #line sets the line and the file that are reported. */
#include "show.h"

int main(void)
{
#line 100
    show("%d\n", __LINE__);
#line 7 "other.c"
    show("%d %s\n", __LINE__, __FILE__);
#define N 50
#line N
    show("%d\n", __LINE__);
    return 0;
}
