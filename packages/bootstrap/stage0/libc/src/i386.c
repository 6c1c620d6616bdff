/*
 * The part of the library that C cannot say, as machine code, for every compiler but cc2 (which has
 * words for it: see i386-cc2.c): gcc and clang, from which diverse double compilation starts, and
 * TinyCC, whose first generation has no assembler. Constant bytes are put where the code is, and
 * called.
 *
 * _start      the kernel jumps here with argc, argv and the environment on the stack
 * __syscall   int 0x80: number in eax, arguments in ebx, ecx, edx, esi, edi; the answer in eax
 * setjmp      keeps ebx, esi, edi, ebp, the caller's esp and the return address
 * longjmp     puts them back and returns from setjmp a second time, with a value that is never 0
 */
#ifndef __CC2__
#ifdef __TINYC__
#define CODE __attribute__((section(".text")))
#else
#define CODE __attribute__((section(".text.bytes"))) /* .text itself is the assembler's */
#endif

void __start(int *stack);

const struct {
    unsigned char before[12];
    void (*target)(int *);
    unsigned char after[4];
} _start CODE = {{0x89, 0xE0,       /* mov %esp,%eax */
                  0x31, 0xED,       /* xor %ebp,%ebp     the outermost frame */
                  0x83, 0xE4, 0xF0, /* and $-16,%esp */
                  0x83, 0xEC, 0x0C, /* sub $12,%esp      and 4 more for the argument */
                  0x90, 0xB9},      /* nop; mov $__start,%ecx */
                 __start,
                 {0x50,       /* push %eax */
                  0xFF, 0xD1, /* call *%ecx */
                  0xF4}};     /* hlt */

const unsigned char __syscall[] CODE = {
    0x53, 0x56, 0x57,       /* push %ebx; push %esi; push %edi */
    0x8B, 0x44, 0x24, 0x10, /* mov 16(%esp),%eax */
    0x8B, 0x5C, 0x24, 0x14, /* mov 20(%esp),%ebx */
    0x8B, 0x4C, 0x24, 0x18, /* mov 24(%esp),%ecx */
    0x8B, 0x54, 0x24, 0x1C, /* mov 28(%esp),%edx */
    0x8B, 0x74, 0x24, 0x20, /* mov 32(%esp),%esi */
    0x8B, 0x7C, 0x24, 0x24, /* mov 36(%esp),%edi */
    0xCD, 0x80,             /* int $0x80 */
    0x5F, 0x5E, 0x5B, 0xC3, /* pop %edi; pop %esi; pop %ebx; ret */
};

const unsigned char setjmp[] CODE = {
    0x8B, 0x44, 0x24, 0x04, /* mov 4(%esp),%eax */
    0x89, 0x18,             /* mov %ebx,(%eax) */
    0x89, 0x70, 0x04,       /* mov %esi,4(%eax) */
    0x89, 0x78, 0x08,       /* mov %edi,8(%eax) */
    0x89, 0x68, 0x0C,       /* mov %ebp,12(%eax) */
    0x8D, 0x4C, 0x24, 0x04, /* lea 4(%esp),%ecx  esp as it will be after the return */
    0x89, 0x48, 0x10,       /* mov %ecx,16(%eax) */
    0x8B, 0x0C, 0x24,       /* mov (%esp),%ecx */
    0x89, 0x48, 0x14,       /* mov %ecx,20(%eax) */
    0x31, 0xC0, 0xC3,       /* xor %eax,%eax; ret */
};

const unsigned char longjmp[] CODE = {
    0x8B, 0x54, 0x24, 0x04, /* mov 4(%esp),%edx */
    0x8B, 0x44, 0x24, 0x08, /* mov 8(%esp),%eax */
    0x85, 0xC0,             /* test %eax,%eax */
    0x75, 0x01, 0x40,       /* jnz over; inc %eax */
    0x8B, 0x1A,             /* over: mov (%edx),%ebx */
    0x8B, 0x72, 0x04,       /* mov 4(%edx),%esi */
    0x8B, 0x7A, 0x08,       /* mov 8(%edx),%edi */
    0x8B, 0x6A, 0x0C,       /* mov 12(%edx),%ebp */
    0x8B, 0x62, 0x10,       /* mov 16(%edx),%esp */
    0xFF, 0x62, 0x14,       /* jmp *20(%edx) */
};
#endif
