/* setjmp.h: the registers that a function must keep: ebx, esi, edi, ebp, esp, eip. */
#ifndef _SETJMP_H
#define _SETJMP_H
typedef int jmp_buf[6];
int setjmp(jmp_buf state);
void longjmp(jmp_buf state, int value);
#endif
