/* A floating-point number chooses after a cast. */
#include "show.h"

int main(void)
{
    double d;
    for (d = 0; d < 3; d += 0.75) {
        switch ((int)d) {
        case 0: show("zero "); break;
        case 1: show("one "); break;
        default: show("%d ", (int)(d * 100));
        }
    }
    show("\n");
    return 0;
}
