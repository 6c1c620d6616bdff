/* __VA_ARGS__ takes all the arguments left, commas too. */
#include "show.h"

#define print(...) show(__VA_ARGS__)
#define labelled(label, ...) show(label ": " __VA_ARGS__)
#define text(...) #__VA_ARGS__

int main(void)
{
    print("plain\n");
    print("%d %d\n", 1, 2);
    labelled("two", "%d %d\n", 3, 4);
    show("%s\n", text(a, b , (c, d)));
    return 0;
}
