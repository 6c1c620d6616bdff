/* Several characters in one constant make one int. */
#include "show.h"

int main(void)
{
    show("%d %d %x\n", 'ab', 'abc', 'abcd');
    return 0;
}
