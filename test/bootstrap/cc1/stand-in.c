// Lets gcc -m32 take cc1's place: the one built-in function. Stands before the programs.
int syscall(int number, int a, int b, int c) {
    int result;
    __asm__ volatile("int $0x80" : "=a"(result) : "a"(number), "b"(a), "c"(b), "d"(c) : "memory");
    return result;
}
