/* A structure may end in an open array. */
#include "show.h"

struct s { int n; char text[]; };
int main(void)
{
    int space[4];
    struct s *s = (struct s *)space;
    s->n = 3;
    s->text[0] = 'h';
    s->text[1] = 'i';
    s->text[2] = 0;
    show("%d %s %d\n", s->n, s->text, (int)sizeof *s);
    return 0;
}
