/* Integers from text. */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>

int abs(int value) { return value < 0 ? -value : value; }

static int digit_value(int c) {
    if (isdigit(c)) return c - '0';
    if (isalpha(c)) return tolower(c) - 'a' + 10;
    return 99;
}

/* What an integer in text was made of, before it is fitted into a type. */
struct parsed {
    unsigned long long magnitude;
    int negative;
    int overflow; /* it does not fit in 64 bits */
};

/* Whether a number of base 16 follows here with its prefix 0x. */
static int has_hex_prefix(const char *text, int base) {
    return (base == 0 || base == 16) && text[0] == '0' && tolower(text[1]) == 'x' &&
           isxdigit((unsigned char)text[2]);
}

/* Blanks, sign, prefix, digits. Where there is no digit, the end is the start and the value 0. */
static struct parsed *parse_integer(const char *text, char **end, int base) {
    static struct parsed result;
    const char *start = text;
    int digits = 0;
    result.magnitude = 0;
    result.overflow = 0;
    while (isspace((unsigned char)*text)) text++;
    result.negative = *text == '-';
    if (*text == '-' || *text == '+') text++;
    if (has_hex_prefix(text, base)) {
        text += 2;
        base = 16;
    } else if (base == 0) {
        base = *text == '0' ? 8 : 10;
    }
    for (; digit_value((unsigned char)*text) < base; text++, digits++) {
        unsigned int digit = digit_value((unsigned char)*text);
        if (result.magnitude > (ULLONG_MAX - digit) / base) result.overflow = 1;
        result.magnitude = result.magnitude * base + digit;
    }
    if (end != NULL) *end = (char *)(digits > 0 ? text : start);
    return &result;
}

/* Fits a number into a signed type with the given largest value; the smallest is -limit - 1. */
static long long fit_signed(struct parsed *number, unsigned long long limit) {
    if (number->overflow || number->magnitude > limit + number->negative) {
        errno = ERANGE;
        number->magnitude = limit + number->negative;
    }
    return number->negative ? -number->magnitude : number->magnitude;
}

/* Fits a number into an unsigned type; as C has it, a minus sign negates within the type. */
static unsigned long long fit_unsigned(struct parsed *number, unsigned long long limit) {
    if (number->overflow || number->magnitude > limit) {
        errno = ERANGE;
        return limit;
    }
    return number->negative ? -number->magnitude : number->magnitude;
}

long strtol(const char *text, char **end, int base) {
    return fit_signed(parse_integer(text, end, base), LONG_MAX);
}

long long strtoll(const char *text, char **end, int base) {
    return fit_signed(parse_integer(text, end, base), LLONG_MAX);
}

unsigned long strtoul(const char *text, char **end, int base) {
    return fit_unsigned(parse_integer(text, end, base), ULONG_MAX);
}

unsigned long long strtoull(const char *text, char **end, int base) {
    return fit_unsigned(parse_integer(text, end, base), ULLONG_MAX);
}

int atoi(const char *text) { return strtol(text, NULL, 10); }
