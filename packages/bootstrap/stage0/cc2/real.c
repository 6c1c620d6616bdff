// Floating-point constants, without floating point: the compiler may run where there is none, and its
// output must not depend on the rounding of the machine it runs on.
//
// A Real keeps 80 significant bits of which the last is sticky: it is also set when anything below it
// was cut off. Rounding once from there to 24, 53 or 64 bits is therefore always exact.

enum { REAL_ZERO, REAL_FINITE, REAL_INFINITE };

struct Real {
    int kind;
    int negative;
    int exponent;    // the value is 1.fraction × 2^exponent
    int limb[5];     // 16 bits each, the highest last; its top bit is set
};

// Natural numbers large enough for the digits of any constant.
enum { LIMBS = 2400 };

struct Big {
    int count;
    int limb[2400];
};

void big_push(struct Big* big, int limb) {
    if (big->count == LIMBS) fail("the floating-point constant has too many digits");
    big->limb[big->count] = limb;
    big->count = big->count + 1;
}

void big_multiply_add(struct Big* big, int factor, int addend) {
    int carry = addend;
    int i;
    for (i = 0; i < big->count; i++) {
        int value = big->limb[i] * factor + carry;
        big->limb[i] = value & 65535;
        carry = shift_right(value, 16);
    }
    if (carry) big_push(big, carry);
}

// Divides by a small number and returns the remainder.
int big_divide(struct Big* big, int divisor) {
    int remainder = 0;
    int i = big->count;
    while (i > 0) {
        i = i - 1;
        int value = remainder << 16 | big->limb[i];
        big->limb[i] = value / divisor;
        remainder = value % divisor;
    }
    while (big->count > 0 && big->limb[big->count - 1] == 0) big->count = big->count - 1;
    return remainder;
}

// Multiplies by 2^16, `limbs` times.
void big_shift(struct Big* big, int limbs) {
    if (big->count == 0) return;
    if (big->count + limbs > LIMBS) fail("the floating-point constant has too many digits");
    int i = big->count;
    while (i > 0) {
        i = i - 1;
        big->limb[i + limbs] = big->limb[i];
    }
    for (i = 0; i < limbs; i++) big->limb[i] = 0;
    big->count = big->count + limbs;
}

int big_bits(struct Big* big) {
    if (big->count == 0) return 0;
    int bits = big->count * 16;
    int mask = 32768;
    while ((big->limb[big->count - 1] & mask) == 0) {
        bits = bits - 1;
        mask = mask >> 1;
    }
    return bits;
}

int big_bit(struct Big* big, int index) {
    if (index < 0) return 0;
    return big->limb[index / 16] >> index % 16 & 1;
}

void real_clear(struct Real* real) {
    clear(real, sizeof(struct Real));
}

// Bit 0 is the highest.
int real_bit(struct Real* real, int index) {
    return real->limb[4 - index / 16] >> (15 - index % 16) & 1;
}

void real_set_bit(struct Real* real, int index) {
    int limb = 4 - index / 16;
    real->limb[limb] = real->limb[limb] | 1 << (15 - index % 16);
}

// real = big × 2^scale; `sticky` when the true value lies a little above that.
void real_from_big(struct Real* real, struct Big* big, int scale, int sticky) {
    real_clear(real);
    int bits = big_bits(big);
    if (bits == 0) return;
    real->kind = REAL_FINITE;
    real->exponent = bits - 1 + scale;
    int i;
    for (i = 0; i < 80; i++)
        if (big_bit(big, bits - 1 - i)) real_set_bit(real, i);
    for (i = 0; i < bits - 80; i++)
        if (big_bit(big, i)) sticky = 1;
    if (sticky) real_set_bit(real, 79);
}

void big_from_wide(struct Big* big, struct Wide* value) {
    big->count = 0;
    big_push(big, value->low & 65535);
    big_push(big, shift_right(value->low, 16));
    big_push(big, value->high & 65535);
    big_push(big, shift_right(value->high, 16));
    while (big->count > 0 && big->limb[big->count - 1] == 0) big->count = big->count - 1;
}

struct Big scratch;

void real_from_wide(struct Real* real, struct Wide* value, int is_unsigned) {
    struct Wide magnitude;
    wide_copy(&magnitude, value);
    int negative = is_unsigned == 0 && value->high < 0;
    if (negative) wide_negate(&magnitude);
    big_from_wide(&scratch, &magnitude);
    real_from_big(real, &scratch, 0, 0);
    real->negative = negative;
}

// The highest 64 bits of the significand.
void real_significand(struct Real* real, struct Wide* bits) {
    wide_set(bits, real->limb[2] << 16 | real->limb[1], real->limb[4] << 16 | real->limb[3]);
}

// Truncates towards zero; what does not fit is undefined in C and wraps here.
void real_to_wide(struct Real* real, struct Wide* value) {
    wide_set(value, 0, 0);
    if (real->kind != REAL_FINITE || real->exponent < 0 || real->exponent > 63) return;
    real_significand(real, value);
    wide_shift_right(value, 63 - real->exponent, 1);
    if (real->negative) wide_negate(value);
}

void real_increment(struct Real* real, int last_bit) {
    int limb = 4 - last_bit / 16;
    int carry = 1 << (15 - last_bit % 16);
    while (limb < 5 && carry) {
        int value = real->limb[limb] + carry;
        real->limb[limb] = value & 65535;
        carry = value >> 16;
        limb = limb + 1;
    }
    if (carry) {
        real->limb[4] = 32768;
        real->exponent = real->exponent + 1;
    }
}

// Keeps the first `bits` bits, to nearest, ties to even.
void real_keep(struct Real* real, int bits) {
    if (bits < 0) {
        real_clear(real);
        return;
    }
    int guard = real_bit(real, bits);
    int rest = 0;
    int i;
    for (i = bits + 1; i < 80; i++) rest = rest | real_bit(real, i);
    if (bits > 0) rest = rest | real_bit(real, bits - 1);
    for (i = bits; i < 80; i++) {
        int limb = 4 - i / 16;
        real->limb[limb] = real->limb[limb] & ~(1 << (15 - i % 16));
    }
    int up = guard && rest;
    if (bits > 0) {
        if (up) real_increment(real, bits - 1);
    } else if (up) {
        real->limb[4] = 32768;
        real->exponent = real->exponent + 1;
    } else real->kind = REAL_ZERO;
}

// Rounds to a format of `bits` bits with exponents from -limit+1 to limit. Below that a number
// becomes denormal, which means: has fewer bits.
void real_round(struct Real* real, int bits, int limit) {
    if (real->kind != REAL_FINITE) return;
    int negative = real->negative;
    int least = 1 - limit;
    if (real->exponent < least) bits = bits - (least - real->exponent);
    real_keep(real, bits);
    real->negative = negative;
    if (real->exponent > limit) real->kind = REAL_INFINITE;
}

// Rounds to the format that takes `size` bytes: float, double or long double.
void real_round_to(struct Real* real, int size) {
    if (size == 4) real_round(real, 24, 127);
    else if (size == 8) real_round(real, 53, 1023);
    else real_round(real, 64, 16383);
}

// The fields of an IEEE number, packed: `bits` fraction bits with the hidden one, right-aligned.
void real_fields(struct Real* real, struct Wide* packed, int bits, int limit) {
    wide_set(packed, 0, 0);
    int exponent = 0;
    if (real->kind == REAL_INFINITE) exponent = limit * 2 + 1;
    if (real->kind == REAL_FINITE) {
        int denormal = 1 - limit - real->exponent;
        if (denormal < 0) denormal = 0;
        real_significand(real, packed);
        wide_shift_right(packed, 64 - bits + denormal, 1);
        if (denormal == 0) exponent = real->exponent + limit;
    }
    struct Wide field;
    struct Wide hidden;
    wide_set(&hidden, 1, 0);
    wide_shift_left(&hidden, bits - 1);
    wide_complement(&hidden);
    packed->low = packed->low & hidden.low;
    packed->high = packed->high & hidden.high;
    wide_set(&field, exponent, 0);
    wide_shift_left(&field, bits - 1);
    wide_add(packed, &field);
}

// Writes the number's bytes as the machine has them.
void real_bytes(struct Real* value, char* bytes, int size) {
    struct Real real;
    struct Wide packed;
    copy_bytes(&real, value, sizeof(struct Real));
    real_round_to(&real, size);
    int sign = real.negative << 31;
    if (size == 4) {
        real_fields(&real, &packed, 24, 127);
        put_word(bytes, packed.low | sign);
    } else if (size == 8) {
        real_fields(&real, &packed, 53, 1023);
        put_word(bytes, packed.low);
        put_word(bytes + 4, packed.high | sign);
    } else {
        int exponent = 0;
        real_significand(&real, &packed);
        if (real.kind == REAL_INFINITE) {
            wide_set(&packed, 0, sign_bit());
            exponent = 32767;
        } else if (real.kind == REAL_FINITE) {
            if (real.exponent < -16382) wide_shift_right(&packed, -16382 - real.exponent, 1);
            else exponent = real.exponent + 16383;
        }
        put_word(bytes, packed.low);
        put_word(bytes + 4, packed.high);
        put_word(bytes + 8, exponent | real.negative << 15);
    }
}
