/* Words counted by a machine of states. */
#include "show.h"

enum state { OUTSIDE, WORD, QUOTED };
static int words(const char *s)
{
    enum state state = OUTSIDE;
    int n = 0;
    for (;; s++) {
        switch (state) {
        case OUTSIDE:
            if (*s == '"') state = QUOTED, n++;
            else if (*s > ' ') state = WORD, n++;
            break;
        case WORD:
            if (*s <= ' ') state = OUTSIDE;
            break;
        case QUOTED:
            if (*s == '"') state = OUTSIDE;
        }
        if (!*s) return n;
    }
}
int main(void)
{
    show("%d %d %d\n", words("one two  three"), words("a \"b c\" d"), words(""));
    return 0;
}
