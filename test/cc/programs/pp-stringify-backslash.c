/* '#' escapes quotes and backslashes inside of literals only. */
#include "show.h"

#define text(x) #x
int main(void)
{
    show("%s\n", text("a\\b\"c" 'd' '"' \n));
    return 0;
}
