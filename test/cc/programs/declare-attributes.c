/* Attributes that only advise are passed over. */
#include "show.h"

static int f(int) __attribute__((unused, const));
__attribute__((noinline)) static int f(int n) { return n + 1; }
static void stop(void) __attribute__((__noreturn__));
static int printer(const char *format, ...) __attribute__((format(printf, 1, 2)));
static int printer(const char *format, ...) { return *format; }
struct s { int a __attribute__((unused)); } __attribute__((may_alias));
static int x __attribute__((unused)) = 3, y __attribute__((used));
static void stop(void) { for (;;); }
int main(void)
{
    struct s s = { 4 };
    if (x == 5) stop();
    show("%d %d %d %d\n", f(1), x, s.a, printer("A"));
    return 0;
}
