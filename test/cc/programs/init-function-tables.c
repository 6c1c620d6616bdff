/* Tables of structures with functions and strings. */
#include "show.h"

static int one(int n) { return n + 1; }
static int two(int n) { return n + 2; }
static const struct command { const char *name; int (*run)(int); unsigned flags : 3; } commands[] = {
    { "one", one, 1 },
    { "two", two, 2 },
    { 0 }
};
int main(void)
{
    const struct command *c;
    for (c = commands; c->name; c++) show("%s %d %d ", c->name, c->run(10), c->flags);
    show("\n");
    return 0;
}
