/* Pragmas that are not known are passed over, and so is an empty directive. */
#include "show.h"

#pragma whatever (it "says")
#
# /* nothing */
int main(void)
{
    show("ok\n");
    return 0;
}
