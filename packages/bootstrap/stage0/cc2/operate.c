// What the operators mean for constants, in #if lines as in expressions.

// How tightly a binary operator binds; 0 for anything else.
int precedence(int kind) {
    if (kind == '*' || kind == '/' || kind == '%') return 10;
    if (kind == '+' || kind == '-') return 9;
    if (kind == SHIFT_LEFT || kind == SHIFT_RIGHT) return 8;
    if (kind == '<' || kind == '>' || kind == LESS_EQUAL || kind == GREATER_EQUAL) return 7;
    if (kind == EQUAL || kind == UNEQUAL) return 6;
    if (kind == '&') return 5;
    if (kind == '^') return 4;
    if (kind == '|') return 3;
    if (kind == BOTH) return 2;
    if (kind == EITHER) return 1;
    return 0;
}

int is_comparison(int kind) {
    return precedence(kind) == 7 || precedence(kind) == 6;
}

int compare_holds(int kind, int order) {
    if (kind == '<') return order < 0;
    if (kind == '>') return order > 0;
    if (kind == LESS_EQUAL) return order <= 0;
    if (kind == GREATER_EQUAL) return order >= 0;
    if (kind == EQUAL) return order == 0;
    return order != 0;
}

// a = a kind b, in 64 bits. Returns 0 if that has no value: a division by zero.
int operate(int kind, struct Wide* a, struct Wide* b, int is_unsigned) {
    struct Wide remainder;
    if (kind == '+') wide_add(a, b);
    else if (kind == '-') wide_subtract(a, b);
    else if (kind == '*') wide_multiply(a, b);
    else if (kind == '/' || kind == '%') {
        if (wide_is_zero(b)) return 0;
        wide_divide(a, b, &remainder, is_unsigned);
        if (kind == '%') wide_copy(a, &remainder);
    } else if (kind == SHIFT_LEFT) wide_shift_left(a, b->low);
    else if (kind == SHIFT_RIGHT) wide_shift_right(a, b->low, is_unsigned);
    else if (kind == '&') wide_set(a, a->low & b->low, a->high & b->high);
    else if (kind == '|') wide_set(a, a->low | b->low, a->high | b->high);
    else if (kind == '^') wide_set(a, a->low ^ b->low, a->high ^ b->high);
    else wide_set(a, compare_holds(kind, wide_compare(a, b, is_unsigned)), 0);
    return 1;
}
