/* A small machine in a big switch. */
#include "show.h"

enum { PUSH, ADD, MUL, DUP, SWAP, JNZ, DEC, HALT };
static int run(const int *code)
{
    int stack[16], *sp = stack, pc = 0, t;
    for (;;) switch (code[pc++]) {
    case PUSH: *sp++ = code[pc++]; break;
    case ADD: sp--; sp[-1] += *sp; break;
    case MUL: sp--; sp[-1] *= *sp; break;
    case DUP: *sp = sp[-1]; sp++; break;
    case SWAP: t = sp[-1]; sp[-1] = sp[-2]; sp[-2] = t; break;
    case DEC: sp[-1]--; break;
    case JNZ: if (sp[-1]) pc = code[pc]; else pc++; break;
    case HALT: return sp[-2];
    }
}
int main(void)
{
    static const int factorial[] = { PUSH, 1, PUSH, 6, DUP, PUSH, 0, ADD, SWAP, HALT };
    static const int power[] = { PUSH, 1, PUSH, 10, SWAP, PUSH, 2, MUL, SWAP, DEC, JNZ, 4, HALT };
    show("%d %d\n", run(factorial), run(power));
    return 0;
}
