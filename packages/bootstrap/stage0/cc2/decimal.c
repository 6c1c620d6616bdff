// Reading the text of a floating-point constant: digits are gathered in a big natural number, which
// is then multiplied or divided by a power of ten (or, for 0x1p3, of two) exactly.

enum { DIGITS_LIMIT = 4000, EXPONENT_LIMIT = 20000 };

struct Decimal {
    int digits;          // significant digits so far
    int scale;           // the power of the base that the digits are to be multiplied with
    int at;              // index into the text
};

void gather_digits(struct Token* token, struct Decimal* decimal, int base) {
    int seen_point = 0;
    for (;;) {
        int c = 0;
        if (decimal->at < token->length) c = token->text[decimal->at] & 255;
        int digit = digit_value(c);
        if (c == '.' && seen_point == 0) seen_point = 1;
        else if (digit >= 0 && digit < base) {
            if (decimal->digits == DIGITS_LIMIT) fail("the floating-point constant has too many digits");
            if (decimal->digits || digit) decimal->digits = decimal->digits + 1;
            big_multiply_add(&scratch, base, digit);
            if (seen_point) decimal->scale = decimal->scale - 1;
        } else return;
        decimal->at = decimal->at + 1;
    }
}

int token_byte(struct Token* token, int index) {
    if (index < token->length) return token->text[index] & 255;
    return 0;
}

int gather_exponent(struct Token* token, struct Decimal* decimal, char* marks) {
    if (is_one_of(token_byte(token, decimal->at), marks) == 0) return 0;
    decimal->at = decimal->at + 1;
    int sign = token_byte(token, decimal->at);
    if (sign == '+' || sign == '-') decimal->at = decimal->at + 1;
    int exponent = 0;
    if (is_digit(token_byte(token, decimal->at)) == 0) fail("the exponent has no digits");
    while (is_digit(token_byte(token, decimal->at))) {
        if (exponent < EXPONENT_LIMIT) exponent = exponent * 10 + token_byte(token, decimal->at) - '0';
        decimal->at = decimal->at + 1;
    }
    if (sign == '-') return -exponent;
    return exponent;
}

void scale_by_tens(struct Real* real, struct Decimal* decimal) {
    int scale = decimal->scale;
    int sticky = 0;
    int limbs = 0;
    if (scale + decimal->digits > 5000) {
        real->kind = REAL_INFINITE;
        return;
    }
    if (scale + decimal->digits < -5000) return;
    while (scale > 0) {
        big_multiply_add(&scratch, 10, 0);
        scale = scale - 1;
    }
    // Ten is less than 2^(10/3): shifting by that much first leaves more than 80 bits of quotient.
    if (scale < 0) limbs = (-scale * 10 / 3 + 112) / 16;
    big_shift(&scratch, limbs);
    while (scale < 0) {
        if (big_divide(&scratch, 10)) sticky = 1;
        scale = scale + 1;
    }
    real_from_big(real, &scratch, -16 * limbs, sticky);
}

// Returns the index of the suffix.
int read_real(struct Token* token, struct Real* real) {
    struct Decimal decimal;
    clear(&decimal, sizeof(struct Decimal));
    scratch.count = 0;
    real_clear(real);
    if (is_one_of(token_byte(token, 1), "xX")) {
        decimal.at = 2;
        gather_digits(token, &decimal, 16);
        if (is_one_of(token_byte(token, decimal.at), "pP") == 0) fail("a hexadecimal floating-point constant needs an exponent");
        int exponent = gather_exponent(token, &decimal, "pP");
        real_from_big(real, &scratch, decimal.scale * 4 + exponent, 0);
        return decimal.at;
    }
    gather_digits(token, &decimal, 10);
    decimal.scale = decimal.scale + gather_exponent(token, &decimal, "eE");
    if (decimal.digits) scale_by_tens(real, &decimal);
    return decimal.at;
}
