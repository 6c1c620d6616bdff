// Arithmetic on 64-bit integers, for constants: the compiler itself only has 32-bit ones. Each
// operation changes its first operand in place.

struct Wide {
    int low;
    int high;
};

void wide_set(struct Wide* a, int low, int high) {
    a->low = low;
    a->high = high;
}

void wide_copy(struct Wide* a, struct Wide* b) {
    a->low = b->low;
    a->high = b->high;
}

// The 64-bit value of a 32-bit signed one.
void wide_extend(struct Wide* a, int value) {
    a->low = value;
    a->high = value >> 31;
}

int wide_is_zero(struct Wide* a) {
    return (a->low | a->high) == 0;
}

void wide_add(struct Wide* a, struct Wide* b) {
    int low = a->low + b->low;
    a->high = a->high + b->high + below(low, a->low);
    a->low = low;
}

void wide_complement(struct Wide* a) {
    a->low = ~a->low;
    a->high = ~a->high;
}

void wide_negate(struct Wide* a) {
    wide_complement(a);
    a->low = a->low + 1;
    if (a->low == 0) a->high = a->high + 1;
}

void wide_subtract(struct Wide* a, struct Wide* b) {
    int borrow = below(a->low, b->low);
    a->low = a->low - b->low;
    a->high = a->high - b->high - borrow;
}

// 32 × 32 → 64 bits by halves of 16 bits, as on paper.
void multiply_words(struct Wide* product, int a, int b) {
    int a_low = a & 65535;
    int a_high = shift_right(a, 16);
    int b_low = b & 65535;
    int b_high = shift_right(b, 16);
    int low = a_low * b_low;
    int middle = a_low * b_high + shift_right(low, 16);
    int carry = a_high * b_low + (middle & 65535);
    product->low = (low & 65535) | carry << 16;
    product->high = a_high * b_high + shift_right(middle, 16) + shift_right(carry, 16);
}

void wide_multiply(struct Wide* a, struct Wide* b) {
    struct Wide product;
    multiply_words(&product, a->low, b->low);
    a->high = product.high + a->low * b->high + a->high * b->low;
    a->low = product.low;
}

// Counts are taken modulo 64, as the machine does.
void wide_shift_left(struct Wide* a, int count) {
    count = count & 63;
    if (count >= 32) {
        a->high = a->low;
        a->low = 0;
        count = count - 32;
    }
    if (count == 0) return;
    a->high = a->high << count | shift_right(a->low, 32 - count);
    a->low = a->low << count;
}

void wide_shift_right(struct Wide* a, int count, int is_unsigned) {
    count = count & 63;
    int fill = a->high >> 31;
    if (is_unsigned) fill = 0;
    if (count >= 32) {
        a->low = a->high;
        a->high = fill;
        count = count - 32;
    }
    if (count == 0) return;
    a->low = shift_right(a->low, count) | a->high << (32 - count);
    a->high = shift_right(a->high, count) | fill << (32 - count);
}

// -1, 0 or 1.
int wide_compare(struct Wide* a, struct Wide* b, int is_unsigned) {
    if (a->high != b->high) {
        int less = a->high < b->high;
        if (is_unsigned) less = below(a->high, b->high);
        if (less) return -1;
        return 1;
    }
    if (a->low == b->low) return 0;
    if (below(a->low, b->low)) return -1;
    return 1;
}

// Long division, a bit at a time: the quotient replaces a.
void wide_divide_unsigned(struct Wide* a, struct Wide* b, struct Wide* remainder) {
    wide_set(remainder, 0, 0);
    int i;
    for (i = 0; i < 64; i++) {
        int carry = remainder->high < 0;
        wide_shift_left(remainder, 1);
        if (a->high < 0) remainder->low = remainder->low | 1;
        wide_shift_left(a, 1);
        if (carry || wide_compare(remainder, b, 1) >= 0) {
            wide_subtract(remainder, b);
            a->low = a->low | 1;
        }
    }
}

// Truncates towards zero; the remainder has the sign of the dividend. b is not zero.
void wide_divide(struct Wide* a, struct Wide* divisor, struct Wide* remainder, int is_unsigned) {
    struct Wide b;
    wide_copy(&b, divisor);
    int negative_a = a->high < 0 && is_unsigned == 0;
    int negative_b = b.high < 0 && is_unsigned == 0;
    if (negative_a) wide_negate(a);
    if (negative_b) wide_negate(&b);
    wide_divide_unsigned(a, &b, remainder);
    if (negative_a != negative_b) wide_negate(a);
    if (negative_a) wide_negate(remainder);
}
