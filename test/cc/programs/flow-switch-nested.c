/* Switches in switches and in loops. */
#include "show.h"

int main(void)
{
    int i, n = 0;
    for (i = 0; i < 6; i++) {
        switch (i) {
        case 1: continue;
        case 2:
            switch (n) {
            case 0: n = 5; break;
            default: n = 99;
            }
            n++;
            break;
        case 4: goto out;
        default: n += 100;
        }
        n += 1000;
    }
out:
    show("%d %d\n", i, n);
    return 0;
}
