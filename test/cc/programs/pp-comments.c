/* A comment is a space, and starts nowhere in a string. */
#include "show.h"

#define text(x) #x
int main(void)
{
    int a/**/= 3/* * / */+/*/ odd */ 4; // to the end
    show("%d %s %s\n", a, text(x/* */y), "/* kept */ // kept");
    return 8 //**/ 4
        / 8 - 1;
}
