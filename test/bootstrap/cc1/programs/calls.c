// Arguments in order, calls inside of calls, results of all types, system calls.
struct Node { int value; };
struct Node node;

int digits(int a, int b, int c, int d, int e) {
    return a * 10000 + b * 1000 + c * 100 + d * 10 + e;
}

int add(int a, int b) { return a + b; }

struct Node* get() { return &node; }

char* pick(char* a, char* b, int second) {
    if (second) return b;
    return a;
}

char low(char c) { return c; }

void nothing(void) {}

int fibonacci(int n) {
    if (n < 2) return n;
    return fibonacci(n - 1) + fibonacci(n - 2);
}

int main(int argc, char** argv) {
    num(digits(1, 2, 3, 4, 5));
    num(digits(add(1, 1), add(2, 1), 4, add(2, add(1, 2)), 6));
    num(add(add(1, 2), add(3, 4)) - add(5, 6));
    get()->value = 12;
    num(get()->value + node.value);
    put(pick("first\n", "second\n", 1));
    put(pick("first\n", "second\n", 0) + 2);
    num(low(511));
    nothing();
    num(fibonacci(15));
    num(syscall(20, 0, 0, 0) > 0);
    num(syscall(6, 99, 0, 0));
    num(1 + syscall(6, 98, 0, 0) * 2);
    syscall(1, 42, 0, 0);
    return 0;
}
