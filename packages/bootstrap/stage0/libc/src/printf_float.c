/* printf's floating point: every double has finitely many decimal digits, and these are all of
 * them. */
#include "decimal.h"
#include "printf.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define DIGIT_COUNT 1200 /* 309 before the point and 1074 after it never come together */

/* The value is 0.digits * 10^point; the first digit is not 0. No digits: zero. */
struct digits {
    int count;
    int point;
    char digit[DIGIT_COUNT];
};

static void collect_digits(const struct binary *from, struct digits *to) {
    static struct decimal number;
    int exponent = from->exponent;
    int i;
    __decimal_set(&number, from->mantissa);
    for (; exponent >= 29; exponent -= 29) __decimal_double(&number, 29);
    for (; exponent > 0; exponent--) __decimal_double(&number, 1);
    for (; exponent <= -9; exponent += 9) __decimal_halve(&number, 9);
    for (; exponent < 0; exponent++) __decimal_halve(&number, 1);
    to->count = 0;
    to->point = 9 * (DECIMAL_POINT - number.first);
    for (i = number.first; i < number.end; i++) {
        unsigned int unit;
        for (unit = DECIMAL_BASE / 10; unit > 0; unit /= 10) {
            int digit = number.limb[i] / unit % 10;
            if (to->count > 0 || digit != 0) to->digit[to->count++] = digit;
            else to->point--;
        }
    }
    while (to->count > 0 && to->digit[to->count - 1] == 0) to->count--;
    if (to->count == 0) to->point = 1; /* zero is written as 0 or 0e+00 */
}

/* Keeps `wanted` digits, rounded to nearest, ties to even. */
static void round_digits(struct digits *of, int wanted) {
    int next, up;
    if (wanted >= of->count) return;
    if (wanted < 0) {
        of->count = 0;
        return;
    }
    next = of->digit[wanted];
    up = next > 5 || (next == 5 && wanted + 1 < of->count);
    if (next == 5 && wanted + 1 == of->count) up = wanted > 0 && of->digit[wanted - 1] % 2 == 1;
    of->count = wanted;
    while (up && of->count > 0 && of->digit[of->count - 1] == 9) of->count--;
    if (up && of->count == 0) {
        of->digit[of->count++] = 1; /* 0.999 became 1 */
        of->point++;
    } else if (up) {
        of->digit[of->count - 1]++;
    }
    while (of->count > 0 && of->digit[of->count - 1] == 0) of->count--;
}

static char digit_at(const struct digits *of, int index) {
    return '0' + (index >= 0 && index < of->count ? of->digit[index] : 0);
}

/* The text of a number, in a buffer that grows with the precision. */
struct text {
    char *bytes;
    int length;
};

/* digits from index `from` on: `before` of them, the point where one is due, and `after` more. */
static void write_digits(struct text *to, const struct digits *from, int first, int before,
                         int after, int always_point) {
    int i;
    for (i = 0; i < before; i++) to->bytes[to->length++] = digit_at(from, first + i);
    if (after > 0 || always_point) to->bytes[to->length++] = '.';
    for (i = 0; i < after; i++) to->bytes[to->length++] = digit_at(from, first + before + i);
}

static void write_fixed(struct text *to, const struct digits *from, int after, int always_point) {
    int before = from->point > 0 ? from->point : 1;
    write_digits(to, from, from->point - before, before, after, always_point);
}

static void write_exponent(struct text *to, const struct digits *from, int after, int always_point,
                           char letter) {
    int exponent = from->count == 0 ? 0 : from->point - 1;
    write_digits(to, from, 0, 1, after, always_point);
    to->length += sprintf(to->bytes + to->length, "%c%c%.2d", letter, exponent < 0 ? '-' : '+',
                          abs(exponent));
}

/* %g: the shorter way, without trailing zeros (unless # is given). */
static void write_general(struct text *to, struct digits *from, int precision, int alternate,
                          char letter) {
    int exponent;
    if (precision == 0) precision = 1;
    round_digits(from, precision);
    exponent = from->count == 0 ? 0 : from->point - 1;
    if (exponent < -4 || exponent >= precision) {
        int after = alternate ? precision - 1 : from->count - 1;
        write_exponent(to, from, after < 0 ? 0 : after, alternate, letter);
    } else {
        int after = alternate ? precision - 1 - exponent : from->count - from->point;
        write_fixed(to, from, after < 0 ? 0 : after, alternate);
    }
}

static void emit_finite(struct output *out, const struct directive *how, const struct binary *value,
                        const char *sign) {
    static struct digits digits;
    int precision = how->precision < 0 ? 6 : how->precision;
    int alternate = (how->flags & FLAG_ALTERNATE) != 0;
    struct text text;
    collect_digits(value, &digits);
    text.length = 0;
    text.bytes = malloc(precision + 340);
    if (text.bytes == NULL) abort();
    switch (how->letter) {
    case 'f':
    case 'F':
        round_digits(&digits, digits.point + precision);
        write_fixed(&text, &digits, precision, alternate);
        break;
    case 'e':
    case 'E':
        round_digits(&digits, precision + 1);
        write_exponent(&text, &digits, precision, alternate, how->letter);
        break;
    default: write_general(&text, &digits, precision, alternate, how->letter == 'g' ? 'e' : 'E');
    }
    __emit_field(out, how, sign, 0, text.bytes, text.length, 1);
    free(text.bytes);
}

void __emit_double(struct output *out, const struct directive *how, double value) {
    struct binary parts;
    const char *sign = how->flags & FLAG_PLUS ? "+" : how->flags & FLAG_SPACE ? " " : "";
    __split_double(value, &parts);
    if (parts.negative) sign = "-";
    if (parts.special && isupper((unsigned char)how->letter)) {
        __emit_field(out, how, sign, 0, parts.mantissa == 0 ? "INF" : "NAN", 3, 0);
    } else if (parts.special) {
        __emit_field(out, how, sign, 0, parts.mantissa == 0 ? "inf" : "nan", 3, 0);
    } else {
        emit_finite(out, how, &parts, sign);
    }
}
