/* long is an int of its own name. */
#include "show.h"

long a = 2147483647L;
unsigned long b = 4294967295UL;
long int c;
unsigned long int d;
short int e;
signed f = -1;
unsigned g = 1;
int main(void)
{
    show("%d %d %d %d\n", (int)sizeof(long), (int)sizeof c, (int)sizeof d, (int)sizeof e);
    show("%d %u %d %u\n", (int)a, (unsigned)b, f, g);
    return 0;
}
