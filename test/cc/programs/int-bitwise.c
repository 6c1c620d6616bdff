/* And, or, exclusive or and complement. */
#include "show.h"

int main(void)
{
    int a = 0x0F0F, b = 0x00FF;
    unsigned c = 0xF0000000;
    show("%x %x %x %x\n", a & b, a | b, a ^ b, ~a & 0xFFFF);
    show("%x %x %x\n", c | a, ~c, c ^ -1);
    return 0;
}
