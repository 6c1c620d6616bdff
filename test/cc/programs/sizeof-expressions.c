/* sizeof looks at types and computes nothing. */
#include "show.h"

int main(void)
{
    int a[10], i = 1;
    char c = 1;
    show("%d %d %d\n", (int)sizeof a, (int)sizeof(i++), (int)sizeof(c = 5));
    show("%d %d %d %d\n", i, c, (int)sizeof(c + 1), (int)sizeof -c);
    show("%d %d %d\n", (int)sizeof *a, (int)sizeof &a, (int)sizeof "text");
    show("%d %d\n", (int)sizeof(char) * 3, (int)(sizeof i + 1));
    show("%d\n", sizeof(int) - 5 > 0);
    return 0;
}
