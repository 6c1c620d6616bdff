/* Enumeration constants count on from the last value. */
#include "show.h"

enum { A, B, C = 10, D, E = C * 2, F, G = -3, H };
enum named { FIRST = 1, SECOND };
int main(void)
{
    enum named n = SECOND;
    show("%d %d %d %d %d %d %d %d\n", A, B, C, D, E, F, G, H);
    show("%d %d\n", n, (int)sizeof n);
    return 0;
}
