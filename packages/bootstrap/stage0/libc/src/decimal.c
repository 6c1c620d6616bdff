/* Numbers in base 10^9 that can be doubled and halved exactly. */
#include "decimal.h"
#include <string.h>

/* Drops zero limbs at both ends, so that a pass over the number is as short as it can be. */
static void trim(struct decimal *number) {
    while (number->first < number->end && number->limb[number->first] == 0) number->first++;
    while (number->end > number->first && number->limb[number->end - 1] == 0) number->end--;
}

void __decimal_set(struct decimal *number, unsigned long long value) {
    number->first = number->end = DECIMAL_POINT;
    for (; value != 0; value /= DECIMAL_BASE) number->limb[--number->first] = value % DECIMAL_BASE;
    trim(number);
}

void __decimal_double(struct decimal *number, int times) {
    unsigned int carry = 0;
    int i;
    for (i = number->end - 1; i >= number->first; i--) {
        unsigned long long value = ((unsigned long long)number->limb[i] << times) + carry;
        number->limb[i] = value % DECIMAL_BASE;
        carry = value / DECIMAL_BASE;
    }
    if (carry != 0) number->limb[--number->first] = carry;
    trim(number);
}

void __decimal_halve(struct decimal *number, int times) {
    unsigned int share =
        DECIMAL_BASE >> times; /* what 1 of a limb is worth in the next, after halving */
    unsigned int rest = 0;
    int i;
    for (i = number->first; i < number->end; i++) {
        unsigned int value = number->limb[i];
        number->limb[i] = (value >> times) + rest * share;
        rest = value & ((1u << times) - 1);
    }
    if (rest != 0) number->limb[number->end++] = rest * share;
    trim(number);
}

unsigned long long __decimal_take_integer(struct decimal *number) {
    unsigned long long value = 0;
    for (; number->first < DECIMAL_POINT; number->first++) {
        value *= DECIMAL_BASE;
        if (number->first < number->end) value += number->limb[number->first];
    }
    if (number->end < number->first) number->end = number->first;
    trim(number);
    return value;
}

void __split_double(double value, struct binary *to) {
    unsigned long long bits;
    int field;
    memcpy(&bits, &value, sizeof(bits));
    field = (int)(bits >> 52) & 0x7ff;
    to->negative = (int)(bits >> 63);
    to->mantissa = bits & 0xfffffffffffffULL;
    to->special = field == 0x7ff;
    if (field == 0) {
        field = 1; /* subnormal: no hidden bit, the exponent of the smallest normal */
    } else if (!to->special) {
        to->mantissa |= 0x10000000000000ULL;
    }
    to->exponent = field - 1075;
}
