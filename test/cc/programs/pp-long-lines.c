/* A macro of a thousand additions. */
#include "show.h"

#define A(x) x + x
#define B(x) A(x) + A(x)
#define C(x) B(x) + B(x) + B(x) + B(x) + B(x)
#define D(x) C(x) + C(x) + C(x) + C(x) + C(x)
#define E(x) D(x) + D(x) + D(x) + D(x) + D(x)
#define F(x) E(x) + E(x)
int main(void)
{
    show("%d\n", F(1));
    return 0;
}
