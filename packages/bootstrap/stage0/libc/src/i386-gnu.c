/*
 * The part of the library that C cannot say, for compilers with GNU's inline assembly (gcc and
 * clang, from which diverse double compilation starts).
 *
 * _start      the kernel jumps here with argc, argv and the environment on the stack
 * __syscall   int 0x80: number in eax, arguments in ebx, ecx, edx, esi, edi; the answer in eax
 * setjmp      keeps ebx, esi, edi, ebp, the caller's esp and the return address
 * longjmp     puts them back and returns from setjmp a second time, with a value that is never 0
 */
#ifdef __GNUC__
__asm__(".text\n"
        ".globl _start\n"
        "_start:\n"
        "    mov %esp, %eax\n"
        "    xor %ebp, %ebp\n" /* the outermost frame */
        "    and $-16, %esp\n"
        "    sub $12, %esp\n"
        "    push %eax\n"
        "    call __start\n"
        "    hlt\n");

__asm__(".text\n"
        ".globl __syscall\n"
        "__syscall:\n"
        "    push %ebx\n"
        "    push %esi\n"
        "    push %edi\n"
        "    mov 16(%esp), %eax\n"
        "    mov 20(%esp), %ebx\n"
        "    mov 24(%esp), %ecx\n"
        "    mov 28(%esp), %edx\n"
        "    mov 32(%esp), %esi\n"
        "    mov 36(%esp), %edi\n"
        "    int $0x80\n"
        "    pop %edi\n"
        "    pop %esi\n"
        "    pop %ebx\n"
        "    ret\n");

__asm__(".text\n"
        ".globl setjmp\n"
        "setjmp:\n"
        "    mov 4(%esp), %eax\n"
        "    mov %ebx, (%eax)\n"
        "    mov %esi, 4(%eax)\n"
        "    mov %edi, 8(%eax)\n"
        "    mov %ebp, 12(%eax)\n"
        "    lea 4(%esp), %ecx\n" /* esp as it will be after the return */
        "    mov %ecx, 16(%eax)\n"
        "    mov (%esp), %ecx\n"
        "    mov %ecx, 20(%eax)\n"
        "    xor %eax, %eax\n"
        "    ret\n"
        ".globl longjmp\n"
        "longjmp:\n"
        "    mov 4(%esp), %edx\n"
        "    mov 8(%esp), %eax\n"
        "    test %eax, %eax\n"
        "    jnz 1f\n"
        "    inc %eax\n"
        "1:  mov (%edx), %ebx\n"
        "    mov 4(%edx), %esi\n"
        "    mov 8(%edx), %edi\n"
        "    mov 12(%edx), %ebp\n"
        "    mov 16(%edx), %esp\n"
        "    jmp *20(%edx)\n"
        ".section .note.GNU-stack,\"\",@progbits\n");
#endif
