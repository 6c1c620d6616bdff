/* Factorials up to twenty, and back. */
#include "show.h"

int main(void)
{
    unsigned long long f = 1;
    int i;
    for (i = 1; i <= 20; i++) f *= i;
    show("%U ", f);
    for (i = 20; i > 1; i--) f /= i;
    show("%U\n", f);
    return 0;
}
