/* A macro is not expanded within its own expansion. */
#include "show.h"

static int fcall(int x) { return x; }
static int loop = 10, pong = 3;

#define loop loop + 1
#define ping pong
#define pong ping
#define fcall(x) fcall(x * 2)

int main(void)
{
    show("%d %d %d\n", loop, pong, fcall(4));
    return 0;
}
