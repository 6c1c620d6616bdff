/* A file's object may be declared many times, and defined once. */
#include "show.h"

int a;
extern int a;
int a;
static int b;
static int b;
int a = 5;
extern int c[];
int c[3];
static int get(void);
static int b = 7;
static int get(void) { return c[2]; }
int main(void)
{
    extern int a;
    show("%d %d %d %d\n", a, b, get(), (int)sizeof c);
    return 0;
}
