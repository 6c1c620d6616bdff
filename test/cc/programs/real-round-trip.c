/* Integers survive the way through a double. */
#include "show.h"

int main(void)
{
    long long values[] = { 0, 1, -1, 123456789012LL, -9007199254740991LL, 4503599627370497LL };
    int i;
    for (i = 0; i < 6; i++) {
        double d = values[i];
        show("%d", (long long)d == values[i]);
    }
    show("\n");
    return 0;
}
