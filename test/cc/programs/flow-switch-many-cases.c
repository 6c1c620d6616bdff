/* A switch with a hundred cases. */
#include "show.h"

#define C1(n) case n: return n * 3 + 1;
#define C10(n) C1(n) C1(n + 1) C1(n + 2) C1(n + 3) C1(n + 4) C1(n + 5) C1(n + 6) C1(n + 7) C1(n + 8) C1(n + 9)
static int f(int n)
{
    switch (n) {
        C10(0) C10(10) C10(20) C10(30) C10(40) C10(50) C10(60) C10(70) C10(80) C10(90)
    }
    return -1;
}
int main(void)
{
    int i, ok = 1;
    for (i = 0; i < 100; i++) ok &= f(i) == i * 3 + 1;
    show("%d %d %d\n", ok, f(-1), f(100));
    return 0;
}
