/* Primes below two hundred. */
#include "show.h"

int main(void)
{
    char composite[200] = { 0 };
    int i, j, count = 0;
    for (i = 2; i < 200; i++) {
        if (composite[i]) continue;
        count++;
        for (j = i * i; j < 200; j += i) composite[j] = 1;
    }
    show("%d\n", count);
    return 0;
}
