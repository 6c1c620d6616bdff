// if, while, for, break, continue, return, in each other.
int classify(int n) {
    if (n < 0) return -1;
    else if (n == 0) return 0;
    else if (n < 10) {
        if (n % 2) return 1;
        else return 2;
    }
    return 3;
}

void countdown(int n) {
    while (1) {
        if (n == 0) return;
        num(n--);
    }
}

int ackermann(int m, int n) {
    if (m == 0) return n + 1;
    if (n == 0) return ackermann(m - 1, 1);
    return ackermann(m - 1, ackermann(m, n - 1));
}

int is_odd(int n);

int is_even(int n) {
    if (n == 0) return 1;
    return is_odd(n - 1);
}

int is_odd(int n) {
    if (n == 0) return 0;
    return is_even(n - 1);
}

char truncated(int n) {
    return n;
}

int main() {
    int i;
    int j;
    num(classify(-5)); num(classify(0)); num(classify(7)); num(classify(8)); num(classify(99));
    countdown(3);
    for (i = 0; i < 3; i++)
        for (j = 0; ; j++) {
            if (j == i) continue;
            if (j > 3) break;
            num(i * 10 + j);
        }
    for (;;) {
        i++;
        if (i < 10) continue;
        break;
    }
    num(i);
    i = 0;
    while (i < 100) {
        i += 7;
        if (i % 5 == 0) break;
    }
    num(i);
    if (i) if (i == 1) put("one\n"); else put("other\n");
    for (i = 10; i; i -= 2) ;
    num(i);
    num(ackermann(2, 3));
    num(is_even(10));
    num(is_odd(10));
    num(truncated(300));
    ;
    {}
    {{ num(1); }}
    return 0;
}
