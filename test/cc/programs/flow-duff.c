/* A loop that begins in the middle. */
#include "show.h"

static void copy(char *to, const char *from, int count)
{
    int n = (count + 3) / 4;
    switch (count % 4) {
    case 0: do { *to++ = *from++;
    case 3:      *to++ = *from++;
    case 2:      *to++ = *from++;
    case 1:      *to++ = *from++;
            } while (--n > 0);
    }
}
int main(void)
{
    char text[16] = "";
    copy(text, "duff's device", 14);
    show("%s\n", text);
    return 0;
}
