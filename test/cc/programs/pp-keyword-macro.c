/* Keywords can be macros' names. */
#include "show.h"

#define while if
#define int long long
int x = 0x100000000;
#undef int
int main(void)
{
    while (x) show("%d\n", (int)sizeof x);
#undef while
    return 0;
}
