/* Functions declared where they are used. */
#include "show.h"

int main(void)
{
    int twice(int);
    extern int thrice(int), four(int);
    show("%d %d %d\n", twice(1), thrice(1), four(1));
    return 0;
}
int twice(int n) { return n * 2; }
int thrice(int n) { return n * 3; }
int four(int n) { return n * 4; }
