/* '#' spells an argument, with one space where there was white space. */
#include "show.h"

#define text(x) #x

int main(void)
{
    show("%s|%s|%s|%s\n", text(a + b), text(  a   +b ), text("q\n"), text('\''));
    show("%s|\n", text());
    return 0;
}
