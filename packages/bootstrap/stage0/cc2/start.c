// Stands before the other files when cc2 compiles itself: what cc1 has built in, in cc2's own terms.
int main(int count, char** arguments, char** environment);

int syscall(int number, int a, int b, int c) {
    return __syscall(number, a, b, c);
}

void __start(int* stack) {
    char** arguments = stack + 1;
    int count = *stack;
    __syscall(1, main(count, arguments, arguments + (count + 1)));
}
