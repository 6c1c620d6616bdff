// The values of constants: numbers, characters and strings.

struct Literal {
    struct Wide value;
    int is_wide;           // long long
    int is_unsigned;
    int has_sign_suffix;   // u: unsigned whatever its value
    int real_size;         // of a floating-point constant's type: 4, 8 or 12; else 0
    struct Real real;
};

// The number of bytes an escape or character at `at` takes; its value goes to *value.
int read_escape(char* at, int* value) {
    int c = at[1] & 255;
    char* from = "ntrabfv\\'\"?";
    char* to = "\n\t\r\x07\x08\x0C\x0B\\'\"?";
    int length = 1;
    int result = 0;
    if (c == 'x') {
        length = 2;
        if (digit_value(at[2] & 255) < 0) fail("\\x needs hexadecimal digits");
        while (digit_value(at[length] & 255) >= 0) {
            result = result << 4 | digit_value(at[length] & 255);
            length = length + 1;
        }
    } else if (c >= '0' && c <= '7') {
        while (length < 4 && (at[length] & 255) >= '0' && (at[length] & 255) <= '7') {
            result = result << 3 | (at[length] & 7);
            length = length + 1;
        }
    } else {
        int i = 0;
        while ((from[i] & 255) && (from[i] & 255) != c) i = i + 1;
        if ((from[i] & 255) == 0) fail("unknown escape sequence");
        result = to[i] & 255;
        length = 2;
    }
    *value = result;
    return length;
}

int read_character(char* at, int* value) {
    if ((*at & 255) == '\\') return read_escape(at, value);
    *value = *at & 255;
    return 1;
}

int sign_extend(int value, int bits) {
    return value << (32 - bits) >> (32 - bits);
}

// 'a' is an int; so is 'ab', whose first character counts most; L'a' is a wchar_t.
int character_value(struct Token* token) {
    int is_long = (token->text[0] & 255) == 'L';
    int at = 1 + is_long;
    int value = 0;
    int count = 0;
    while (at < token->length - 1) {
        int c;
        at = at + read_character(token->text + at, &c);
        if (is_long && (token->text[1 + is_long] & 255) > 127) fail("a wide character other than ASCII");
        if (is_long) value = c;
        else value = value << 8 | (c & 255);
        count = count + 1;
    }
    if (count == 0) fail("the character constant is empty");
    if (count > 4 || (is_long && count > 1)) fail("the character constant is too long");
    if (count == 1 && is_long == 0) return sign_extend(value, 8);
    return value;
}

// Appends the characters of one string token; elements are 1 or, of L"…", 4 bytes wide.
void append_string(struct Buffer* buffer, struct Token* token, int width) {
    int at = 1 + ((token->text[0] & 255) == 'L');
    while (at < token->length - 1) {
        int c;
        if (width == 4 && (token->text[at] & 255) > 127) fail("a wide string of other than ASCII characters");
        at = at + read_character(token->text + at, &c);
        buffer_byte(buffer, c);
        int i;
        for (i = 1; i < width; i++) buffer_byte(buffer, c >> 8 * i);
    }
}

int is_real_literal(struct Token* token) {
    int is_hex = is_one_of(token_byte(token, 1), "xX") && token_byte(token, 0) == '0';
    int i;
    for (i = 0; i < token->length; i++) {
        int c = token_byte(token, i);
        if (c == '.') return 1;
        if (is_hex && is_one_of(c, "pP")) return 1;
        if (is_hex == 0 && is_one_of(c, "eE")) return 1;
    }
    return 0;
}

void read_real_literal(struct Token* token, struct Literal* literal) {
    int at = read_real(token, &literal->real);
    literal->real_size = 8;
    if (is_one_of(token_byte(token, at), "fF")) {
        literal->real_size = 4;
        at = at + 1;
    } else if (is_one_of(token_byte(token, at), "lL")) {
        literal->real_size = 12;
        at = at + 1;
    }
    if (at != token->length) fail_about("not a number", token_text(token));
    real_round_to(&literal->real, literal->real_size);
}

// Reads u, l and ll in any order and case.
void read_integer_suffix(struct Token* token, int at, struct Literal* literal) {
    int longs = 0;
    while (at < token->length) {
        int c = token_byte(token, at) | 32;
        if (c == 'u' && literal->has_sign_suffix == 0) literal->has_sign_suffix = 1;
        else if (c == 'l' && longs == 0) {
            longs = 1;
            if (token_byte(token, at + 1) == token_byte(token, at)) {
                longs = 2;
                at = at + 1;
            }
        } else fail_about("not a number", token_text(token));
        at = at + 1;
    }
    literal->is_wide = longs == 2;
    literal->is_unsigned = literal->has_sign_suffix;
}

// A constant has the first type that holds it; only hexadecimal and octal ones become unsigned by that.
void choose_integer_type(struct Literal* literal, int is_decimal) {
    int high = literal->value.high;
    int low = literal->value.low;
    if (high == 0 && (low >= 0 || literal->is_unsigned)) return;
    if (high == 0 && is_decimal == 0 && literal->is_wide == 0) {
        literal->is_unsigned = 1;
        return;
    }
    literal->is_wide = 1;
    if (high >= 0) return;
    if (is_decimal && literal->is_unsigned == 0) fail("the integer constant is too large for its type");
    literal->is_unsigned = 1;
}

int integer_base(struct Token* token) {
    if (token_byte(token, 0) != '0') return 10;
    if (is_one_of(token_byte(token, 1), "xX")) return 16;
    if (is_one_of(token_byte(token, 1), "bB")) return 2;
    return 8;
}

void read_integer(struct Token* token, struct Literal* literal) {
    int base = integer_base(token);
    int at = 0;
    if (base == 16 || base == 2) at = 2;
    int digit = digit_value(token_byte(token, at));
    struct Wide factor;
    struct Wide limit;
    struct Wide rest;
    wide_set(&factor, base, 0);
    wide_set(&limit, -1, -1);
    wide_divide(&limit, &factor, &rest, 1);
    if (digit < 0 || digit >= base) fail_about("not a number", token_text(token));
    while (digit >= 0 && digit < base) {
        struct Wide addend;
        wide_set(&addend, digit, 0);
        int overflow = wide_compare(&literal->value, &limit, 1) > 0;
        wide_multiply(&literal->value, &factor);
        wide_add(&literal->value, &addend);
        if (overflow || wide_compare(&literal->value, &addend, 1) < 0) fail("the integer constant is too large");
        at = at + 1;
        digit = digit_value(token_byte(token, at));
    }
    read_integer_suffix(token, at, literal);
    choose_integer_type(literal, base == 10);
}

struct Literal* read_number(struct Token* token) {
    struct Literal* literal = allocate(sizeof(struct Literal));
    if (is_real_literal(token)) read_real_literal(token, literal);
    else read_integer(token, literal);
    return literal;
}
