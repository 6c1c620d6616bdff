/*
 * Reads questions about printf, strtod, strtol and sscanf, one a line, fields apart by tabs, and prints
 * the answers. Compiled against two C libraries, it must print the same.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *field[4];

static void split(char *line) {
    int i;
    line[strcspn(line, "\n")] = '\0';
    for (i = 0; i < 4; i++) {
        field[i] = line;
        line += strcspn(line, "\t");
        if (*line != '\0') *line++ = '\0';
    }
}

static double double_of_bits(const char *hex) {
    unsigned long long bits = strtoull(hex, NULL, 16);
    double value;
    memcpy(&value, &bits, 8);
    return value;
}

static void print_bytes(const void *from, int size) {
    const unsigned char *at = (const unsigned char *)from + size;
    while (size-- > 0) printf("%02x", *--at);
    printf(" ");
}

static void answer_printf(void) {
    char all[3000], some[12];
    const char *format = field[1], *value = field[2];
    int length = 0, cut = 0;
    switch (field[0][0]) {
    case 'i':
        length = sprintf(all, format, (int)strtoll(value, NULL, 10));
        cut = snprintf(some, sizeof(some), format, (int)strtoll(value, NULL, 10));
        break;
    case 'l':
        length = sprintf(all, format, strtoll(value, NULL, 10));
        cut = snprintf(some, sizeof(some), format, strtoll(value, NULL, 10));
        break;
    case 'f':
        length = sprintf(all, format, double_of_bits(value));
        cut = snprintf(some, sizeof(some), format, double_of_bits(value));
        break;
    case 's':
        length = sprintf(all, format, value);
        cut = snprintf(some, sizeof(some), format, value);
        break;
    case '*':
        length = sprintf(all, format, atoi(value), atoi(field[3]), 3.14159265358979);
        cut = snprintf(some, sizeof(some), format, atoi(value), atoi(field[3]), 3.14159265358979);
        break;
    }
    printf("%d <%s> %d <%s>\n", length, all, cut, some);
}

static void answer_strtod(void) {
    char *end;
    double d = strtod(field[1], &end);
    float f = strtof(field[1], NULL);
    long double l = strtold(field[1], NULL);
    print_bytes(&d, 8);
    print_bytes(&f, 4);
    print_bytes(&l, 10);
    printf("%d\n", (int)(end - field[1]));
}

static void answer_strtol(void) {
    int base = atoi(field[1]);
    const char *text = field[2];
    char *end;
    errno = 0;
    printf("%ld %d ", strtol(text, &end, base), errno);
    errno = 0;
    printf("%lu %d ", strtoul(text, &end, base), errno);
    errno = 0;
    printf("%lld %d ", strtoll(text, &end, base), errno);
    errno = 0;
    printf("%llu %d ", strtoull(text, &end, base), errno);
    printf("%d\n", (int)(end - text));
}

static void answer_numbers(void) {
    int a = -1, b = -1, c = -1;
    int done = sscanf(field[2], field[1], &a, &b, &c);
    printf("%d %d %d %d\n", done, a, b, c);
}

static void answer_mixed(void) {
    long long a = -1;
    signed char b = -1;
    short c = -1;
    int done = sscanf(field[2], field[1], &a, &b, &c);
    printf("%d %lld %d %d\n", done, a, b, c);
}

int main(void) {
    char line[2000];
    while (fgets(line, sizeof(line), stdin) != NULL) {
        split(line);
        switch (field[0][0]) {
        case 'D': answer_strtod(); break;
        case 'L': answer_strtol(); break;
        case 'N': answer_numbers(); break;
        case 'M': answer_mixed(); break;
        default: answer_printf();
        }
    }
    return 0;
}
