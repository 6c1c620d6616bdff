/* Names may be long, and differ in any letter. */
#include "show.h"

int a_very_long_name_that_goes_on_and_on_until_nobody_remembers_how_it_began_1 = 1;
int a_very_long_name_that_goes_on_and_on_until_nobody_remembers_how_it_began_2 = 2;
int _ = 3, __x9 = 4, A = 5, a = 6;
int main(void)
{
    show("%d %d %d %d %d %d\n", a_very_long_name_that_goes_on_and_on_until_nobody_remembers_how_it_began_1,
         a_very_long_name_that_goes_on_and_on_until_nobody_remembers_how_it_began_2, _, __x9, A, a);
    return 0;
}
