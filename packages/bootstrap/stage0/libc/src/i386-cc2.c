/*
 * setjmp and longjmp for cc2, as machine code. cc2 gives every function the frame
 *     0(%ebp) the caller's %ebp    4(%ebp) the return address    8(%ebp) the arguments
 * so the caller's %esp, once setjmp has returned, is %ebp + 8.
 */
#ifdef __CC2__
#include <setjmp.h>

int setjmp(jmp_buf state) {
    __code(0x8B, 0x55, 0x08); /* mov 8(%ebp),%edx       the state */
    __code(0x89, 0x1A);       /* mov %ebx,(%edx) */
    __code(0x89, 0x72, 0x04); /* mov %esi,4(%edx) */
    __code(0x89, 0x7A, 0x08); /* mov %edi,8(%edx) */
    __code(0x8B, 0x45, 0x00); /* mov 0(%ebp),%eax */
    __code(0x89, 0x42, 0x0C); /* mov %eax,12(%edx)      the caller's %ebp */
    __code(0x8D, 0x45, 0x08); /* lea 8(%ebp),%eax */
    __code(0x89, 0x42, 0x10); /* mov %eax,16(%edx)      the caller's %esp */
    __code(0x8B, 0x45, 0x04); /* mov 4(%ebp),%eax */
    __code(0x89, 0x42, 0x14); /* mov %eax,20(%edx)      where to return to */
    return 0;
}

void longjmp(jmp_buf state, int value) {
    if (value == 0) value = 1; /* setjmp returns 0 only the first time */
    __code(0x8B, 0x55, 0x08);  /* mov 8(%ebp),%edx       the state */
    __code(0x8B, 0x45, 0x0C);  /* mov 12(%ebp),%eax      the value */
    __code(0x8B, 0x1A);        /* mov (%edx),%ebx */
    __code(0x8B, 0x72, 0x04);  /* mov 4(%edx),%esi */
    __code(0x8B, 0x7A, 0x08);  /* mov 8(%edx),%edi */
    __code(0x8B, 0x6A, 0x0C);  /* mov 12(%edx),%ebp */
    __code(0x8B, 0x62, 0x10);  /* mov 16(%edx),%esp */
    __code(0xFF, 0x62, 0x14);  /* jmp *20(%edx) */
}
#endif
