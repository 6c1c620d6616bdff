/* A union is as large and as aligned as its members need. */
#include "show.h"

union a { char c[5]; short s; };
union b { char c[9]; long long l; };
struct c { char x; union { char c; int i; } u; };
union d { struct { char a, b; } s; char c[3]; };
int main(void)
{
    show("%d %d %d %d\n", (int)sizeof(union a), (int)sizeof(union b), (int)sizeof(struct c), (int)sizeof(union d));
    return 0;
}
