/* main without a return returns zero. */
#include "show.h"

int main(void)
{
    show("end\n");
}
