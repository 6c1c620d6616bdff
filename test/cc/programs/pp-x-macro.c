/* One list, expanded into an enumeration, a table and a switch. */
#include "show.h"

#define COLOURS X(red, 3) X(green, 5) X(blue, 9)
enum colour {
#define X(name, value) name,
    COLOURS
#undef X
    colours
};
static const char *names[] = {
#define X(name, value) [name] = #name,
    COLOURS
#undef X
};
static int value_of(int colour)
{
    switch (colour) {
#define X(name, value) case name: return value;
        COLOURS
#undef X
    }
    return -1;
}
int main(void)
{
    int i;
    for (i = 0; i < colours; i++) show("%s=%d ", names[i], value_of(i));
    show("%d\n", value_of(colours));
    return 0;
}
