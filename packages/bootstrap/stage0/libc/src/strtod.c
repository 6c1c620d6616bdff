/*
 * Floating point from text, rounded correctly (to nearest, ties to even) in every format.
 * Decimal notation only: no hexadecimal floats, no "inf", no "nan".
 */
#include "decimal.h"
#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * Digits beyond this many cannot move a float or double off its place, only break a tie (the
 * longest tie of a double has 767 digits): they count as one digit 1 if any of them is not 0.
 */
#define DIGIT_LIMIT    800
#define EXPONENT_LIMIT 1000000
#define FAR            100000 /* an exponent beyond that of every format */

/* A binary format: the bits of its mantissa, hidden one included, and its least and greatest
 * exponents. */
struct format {
    int bits;
    int least; /* exponent of the mantissa's lowest bit, in a subnormal */
    int greatest;
};

static const struct format single_format = {24, -149, 104};
static const struct format double_format = {53, -1074, 971};
static const struct format extended_format = {64, -16445, 16320};

/* A number before it is rounded: (mantissa + something in 0 ≤ x < 1) * 2^exponent, top bit of
 * mantissa set. */
struct unrounded {
    unsigned long long mantissa;
    int exponent;
    int below; /* what lies below the mantissa: 0 nothing, 1 less than a half, 2 a half, 3 more */
};

/* Whether a mantissa that loses its lowest `drop` bits (0 to 64) must be rounded up. */
static int rounds_up(const struct unrounded *number, int drop) {
    unsigned long long rest, half;
    if (drop == 0) return number->below == 3 || (number->below == 2 && (number->mantissa & 1));
    half = 1ULL << (drop - 1);
    rest = number->mantissa & (half | (half - 1));
    if (rest != half) return rest > half;
    return number->below != 0 || (drop < 64 && ((number->mantissa >> drop) & 1));
}

/*
 * Rounds to the format. Afterwards value = mantissa * 2^exponent, where exponent > greatest is an
 * overflow and a mantissa without its leading bit a subnormal number.
 */
static void round_to(struct unrounded *number, const struct format *format) {
    int drop = 64 - format->bits;
    unsigned long long leading = 1ULL << (format->bits - 1);
    int up = 0;
    if (number->mantissa == 0) return;
    if (number->exponent + drop < format->least) drop = format->least - number->exponent;
    if (drop <= 64) up = rounds_up(number, drop);
    number->mantissa = (drop < 64 ? number->mantissa >> drop : 0) + up;
    number->exponent += drop;
    /* A carry out of all bits leaves a power of two: 2 * leading, or in 64 bits 0. */
    if (up && drop == 64 - format->bits && (number->mantissa & (leading - 1)) == 0) {
        number->mantissa = leading;
        number->exponent++;
    }
    if (number->mantissa < leading || number->exponent > format->greatest) errno = ERANGE;
}

/* The exponent field of a rounded number: 0 for a subnormal one, all ones for an overflow. */
static int exponent_field(struct unrounded *number, const struct format *format) {
    unsigned long long leading = 1ULL << (format->bits - 1);
    if (number->mantissa < leading) return 0;
    if (number->exponent > format->greatest) {
        number->mantissa = leading; /* infinity has no other bit */
        number->exponent = format->greatest + 1;
    }
    return number->exponent - format->least + 1;
}

static double pack_double(struct unrounded *number, int negative) {
    unsigned long long bits;
    double value;
    round_to(number, &double_format);
    bits = (unsigned long long)exponent_field(number, &double_format) << 52;
    bits |= (number->mantissa & 0xfffffffffffffULL) | (unsigned long long)negative << 63;
    memcpy(&value, &bits, sizeof(value));
    return value;
}

static float pack_single(struct unrounded *number, int negative) {
    unsigned int bits;
    float value;
    round_to(number, &single_format);
    bits = (unsigned int)exponent_field(number, &single_format) << 23;
    bits |= ((unsigned int)number->mantissa & 0x7fffff) | (unsigned int)negative << 31;
    memcpy(&value, &bits, sizeof(value));
    return value;
}

/* The x87's format keeps its leading bit; after the mantissa come 15 bits of exponent and the sign. */
static long double pack_extended(struct unrounded *number, int negative) {
    unsigned short field;
    long double value = 0;
    round_to(number, &extended_format);
    field = exponent_field(number, &extended_format) | negative << 15;
    memcpy(&value, &number->mantissa, 8);
    memcpy((char *)&value + 8, &field, 2);
    return value;
}

static unsigned int power_of_ten(int exponent) {
    unsigned int power = 1;
    while (exponent-- > 0) power *= 10;
    return power;
}

/* Adds digit * 10^position, where position falls from one call to the next. */
static void add_digit(struct decimal *number, int digit, int position) {
    int above = position + 9 * DECIMAL_POINT; /* never negative */
    int index = 2 * DECIMAL_POINT - 1 - above / 9;
    if (number->first == number->end) number->first = number->end = index;
    while (number->end <= index) number->limb[number->end++] = 0;
    number->limb[index] += digit * power_of_ten(above % 9);
}

/* What was read of a number: its digits lie in `number` once their positions are known. */
struct reading {
    int negative;
    int digit_count; /* significant ones kept */
    int any;         /* there was a digit, if only 0 */
    int exponent;    /* of the last digit kept */
    char digits[DIGIT_LIMIT + 1];
};

/* Takes the digits at text, to the end of which it returns. after_point: they lie after the point. */
static const char *read_digits(const char *text, struct reading *to, int after_point) {
    for (; isdigit((unsigned char)*text); text++) {
        to->any = 1;
        if (to->digit_count == 0 && *text == '0') {
            to->exponent -= after_point;
        } else if (to->digit_count < DIGIT_LIMIT) {
            to->digits[to->digit_count++] = *text - '0';
            to->exponent -= after_point;
        } else {
            if (*text != '0') to->digits[DIGIT_LIMIT] = 1;
            to->exponent += !after_point;
        }
    }
    return text;
}

/* Takes an exponent at text, if there is a whole one. */
static const char *read_exponent(const char *text, struct reading *to) {
    const char *at = text + 1;
    int value = 0;
    if (*text != 'e' && *text != 'E') return text;
    if (*at == '-' || *at == '+') at++;
    if (!isdigit((unsigned char)*at)) return text;
    for (; isdigit((unsigned char)*at); at++)
        if (value < EXPONENT_LIMIT) value = value * 10 + *at - '0';
    to->exponent += text[1] == '-' ? -value : value;
    return at;
}

static const char *read_number(const char *text, struct reading *to) {
    const char *start = text;
    memset(to, 0, sizeof(*to));
    while (isspace((unsigned char)*text)) text++;
    to->negative = *text == '-';
    if (*text == '-' || *text == '+') text++;
    text = read_digits(text, to, 0);
    if (*text == '.') text = read_digits(text + 1, to, 1);
    if (!to->any) to->negative = 0;
    if (!to->any) return start;
    return read_exponent(text, to);
}

/*
 * Doubles or halves the decimal until its integer part, which goes to the mantissa, has 64 bits:
 * first to two limbs, which fit for certain, then bit by bit out of the fraction.
 */
static void take_mantissa(struct decimal *number, struct unrounded *to) {
    to->exponent = 0;
    while (number->first < DECIMAL_POINT - 2) {
        __decimal_halve(number, 9);
        to->exponent += 9;
    }
    while (number->first > DECIMAL_POINT - 2) {
        __decimal_double(number, 29);
        to->exponent -= 29;
    }
    to->mantissa = __decimal_take_integer(number);
    while (to->mantissa >> 63 == 0) {
        __decimal_double(number, 1);
        to->mantissa = to->mantissa << 1 | __decimal_take_integer(number);
        to->exponent--;
    }
}

/* How a fraction compares with a half; see struct unrounded. */
static int compare_with_half(const struct decimal *fraction) {
    unsigned int leading = fraction->limb[DECIMAL_POINT];
    if (fraction->first == fraction->end) return 0;
    if (fraction->first > DECIMAL_POINT || leading < DECIMAL_BASE / 2) return 1;
    return leading == DECIMAL_BASE / 2 && fraction->end == DECIMAL_POINT + 1 ? 2 : 3;
}

/*
 * Reads a number and leaves it to be rounded; *end, if wanted, is where it ends. Returns whether it is
 * negative.
 */
static int read_unrounded(const char *text, char **end, struct unrounded *to) {
    static struct decimal number;
    struct reading from;
    const char *after = read_number(text, &from);
    int position = from.exponent + from.digit_count - 1; /* of the first digit */
    int i;
    if (end != NULL) *end = (char *)after;
    to->mantissa = from.digit_count == 0 ? 0 : 1ULL << 63;
    to->exponent = position > 0 ? FAR : -FAR;
    to->below = 0;
    if (to->mantissa == 0 || position > 4950 || position < -5000) return from.negative;
    number.first = number.end = 0;
    for (i = 0; i < from.digit_count; i++) add_digit(&number, from.digits[i], position - i);
    if (from.digits[DIGIT_LIMIT] != 0) add_digit(&number, 1, position - i);
    take_mantissa(&number, to);
    to->below = compare_with_half(&number);
    return from.negative;
}

double strtod(const char *text, char **end) {
    struct unrounded number;
    int negative = read_unrounded(text, end, &number);
    return pack_double(&number, negative);
}

float strtof(const char *text, char **end) {
    struct unrounded number;
    int negative = read_unrounded(text, end, &number);
    return pack_single(&number, negative);
}

long double strtold(const char *text, char **end) {
    struct unrounded number;
    int negative = read_unrounded(text, end, &number);
    return pack_extended(&number, negative);
}

double fabs(double value) { return value <= 0 ? 0 - value : value; }

/* value * 2^exponent, rounded once. */
double ldexp(double value, int exponent) {
    struct binary parts;
    struct unrounded number;
    __split_double(value, &parts);
    if (parts.special || parts.mantissa == 0) return value;
    if (exponent > FAR) exponent = FAR;
    if (exponent < -FAR) exponent = -FAR;
    number.mantissa = parts.mantissa;
    number.exponent = parts.exponent + exponent;
    number.below = 0;
    for (; number.mantissa >> 63 == 0; number.exponent--) number.mantissa <<= 1;
    return pack_double(&number, parts.negative);
}
