/* Not a number is unequal to everything, itself too. */
#include "show.h"

int main(void)
{
    double zero = 0, nan = zero / zero, infinity = 1 / zero;
    show("%d%d%d%d%d%d ", nan < 1, nan > 1, nan <= 1, nan >= 1, nan == nan, nan != nan);
    show("%d%d%d ", infinity > 1e308, -infinity < -1e308, infinity == infinity);
    show("%d%d%d", !nan, nan ? 1 : 0, nan && 1);
    if (nan < 1) show("bad");
    if (!(nan < 1)) show("good");
    if (nan == nan) show("bad");
    show("\n");
    return 0;
}
