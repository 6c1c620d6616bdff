#include <stdio.h>

int main(void) {
    puts("Hello from GCC!");
    return 0;
}
