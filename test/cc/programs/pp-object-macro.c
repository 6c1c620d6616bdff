/* An object-like macro is replaced wherever its name stands as a token. */
#include "show.h"

#define SIZE 12
#define DOUBLE SIZE + SIZE

int main(void)
{
    int SIZES = 1;
    show("%d %d %d\n", SIZE, DOUBLE * 2, SIZES);
    return 0;
}
