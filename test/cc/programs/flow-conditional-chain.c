/* A long chain of else if. */
#include "show.h"

static const char *size(int n)
{
    if (n < 0) return "negative";
    else if (n == 0) return "none";
    else if (n < 10) return "few";
    else if (n < 100) return "some";
    else if (n < 1000) return "many";
    else return "lots";
}
int main(void)
{
    show("%s %s %s %s %s %s\n", size(-1), size(0), size(5), size(50), size(500), size(5000));
    return 0;
}
