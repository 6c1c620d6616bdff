/* White space and comments may stand around the '#'. */
#include "show.h"

  #  define A 1
/* before */ # /* between */ define B 2
	#	undef A
int main(void)
{
#ifdef A
    show("bad\n");
#endif
    show("%d\n", B);
    return 0;
}
