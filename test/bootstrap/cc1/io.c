// What the test programs print with: put for text, num for a number on a line of its own.

int length(char* text) {
    int n = 0;
    while (text[n]) n++;
    return n;
}

void put(char* text) {
    syscall(4, 1, text, length(text));
}

void num(int value) {
    char digits[12];
    int at = 11;
    int rest = value;
    digits[at] = '\n';
    if (value >= 0) rest = -value;
    while (rest <= -10) {
        digits[--at] = '0' - rest % 10;
        rest = rest / 10;
    }
    digits[--at] = '0' - rest;
    if (value < 0) digits[--at] = '-';
    syscall(4, 1, digits + at, 12 - at);
}
