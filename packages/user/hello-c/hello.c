#include <math.h>
#include <stdio.h>

/* One line, with a number that the library has to work for. */
int main(void) {
    printf("Hello from C: the square root of two is %.15f.\n", sqrt(2));
    return fflush(stdout) != 0;
}
