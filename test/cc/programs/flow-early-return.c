/* Returns from the middle of everything. */
#include "show.h"

static int find(const char *text, char c)
{
    int i;
    for (i = 0;; i++) {
        switch (text[i]) {
        case 0: return -1;
        default:
            do {
                if (text[i] == c) return i;
            } while (0);
        }
    }
}
static void nothing(int n) { if (n) return; show("zero "); }
int main(void)
{
    nothing(0);
    nothing(1);
    show("%d %d\n", find("hello", 'l'), find("hello", 'z'));
    return 0;
}
