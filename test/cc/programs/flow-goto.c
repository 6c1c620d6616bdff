/* goto forwards, backwards and out of loops. */
#include "show.h"

int main(void)
{
    int i = 0, j, n = 0;
again:
    if (i == 3) goto done;
    for (j = 0;; j++) {
        n++;
        if (j == i) goto next;
    }
next:
    i++;
    goto again;
done:
    show("%d %d\n", i, n);
    goto end;
    show("bad\n");
end:;
    return 0;
}
