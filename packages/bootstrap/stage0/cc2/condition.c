// The expression of an #if: all integers are 64 bits wide, and names that are no macros are zero.

struct Token* condition_token;

struct Operand {
    struct Wide value;
    int is_unsigned;
};

void read_condition(struct Operand* result, int least, int needed);

int condition_kind() {
    if (condition_token) return condition_token->kind;
    return END;
}

void next_in_condition() {
    if (condition_token) condition_token = condition_token->next;
}

void read_condition_primary(struct Operand* result, int needed) {
    struct Token* token = condition_token;
    int kind = condition_kind();
    next_in_condition();
    result->is_unsigned = 0;
    wide_set(&result->value, 0, 0);
    if (kind == NUMBER) {
        struct Literal* literal = read_number(token);
        if (literal->real_size) fail("#if cannot use floating point");
        wide_copy(&result->value, &literal->value);
        result->is_unsigned = literal->is_unsigned && literal->value.high < 0;
        if (is_one_of(token_byte(token, token->length - 1), "uU")) result->is_unsigned = 1;
    } else if (kind == CHARACTER) wide_extend(&result->value, character_value(token));
    else if (kind == '(') {
        read_condition(result, 0, needed);
        if (condition_kind() != ')') fail("#if: expected ')'");
        next_in_condition();
    } else if (kind != IDENTIFIER) fail("#if: expected an expression");
}

void read_condition_unary(struct Operand* result, int needed) {
    int kind = condition_kind();
    if (kind != '-' && kind != '+' && kind != '!' && kind != '~') {
        read_condition_primary(result, needed);
        return;
    }
    next_in_condition();
    read_condition_unary(result, needed);
    if (kind == '-') wide_negate(&result->value);
    if (kind == '~') wide_complement(&result->value);
    if (kind == '!') {
        wide_set(&result->value, wide_is_zero(&result->value), 0);
        result->is_unsigned = 0;
    }
}

// `needed` is 0 where the value does not count: there, dividing by zero is no error.
void read_condition_binary(struct Operand* left, int kind, int needed) {
    struct Operand right;
    int truth = wide_is_zero(&left->value) == 0;
    int level = precedence(kind);
    if (kind == BOTH) needed = needed && truth;
    if (kind == EITHER) needed = needed && truth == 0;
    read_condition(&right, level + 1, needed);
    if (kind == BOTH || kind == EITHER) {
        int other = wide_is_zero(&right.value) == 0;
        if (kind == BOTH) truth = truth && other;
        else truth = truth || other;
        wide_set(&left->value, truth, 0);
        left->is_unsigned = 0;
        return;
    }
    if (level != 8) left->is_unsigned = left->is_unsigned || right.is_unsigned;
    if (operate(kind, &left->value, &right.value, left->is_unsigned) == 0 && needed) fail("#if: division by zero");
    if (is_comparison(kind)) left->is_unsigned = 0;
}

void read_condition_choice(struct Operand* result, int needed) {
    struct Operand other;
    int truth = wide_is_zero(&result->value) == 0;
    next_in_condition();
    read_condition(result, 0, needed && truth);
    if (condition_kind() != ':') fail("#if: expected ':'");
    next_in_condition();
    read_condition(&other, 0, needed && truth == 0);
    int is_unsigned = result->is_unsigned || other.is_unsigned;
    if (truth == 0) wide_copy(&result->value, &other.value);
    result->is_unsigned = is_unsigned;
}

void read_condition(struct Operand* result, int least, int needed) {
    read_condition_unary(result, needed);
    for (;;) {
        int level = precedence(condition_kind());
        if (level == 0 || level < least) break;
        int kind = condition_kind();
        next_in_condition();
        read_condition_binary(result, kind, needed);
    }
    if (least == 0 && condition_kind() == '?') read_condition_choice(result, needed);
}

// Replaces `defined X` and `defined(X)` by 1 or 0, before anything is expanded.
struct Token* resolve_defined(struct Token* tokens) {
    struct TokenList list;
    list.first = 0;
    list.last = 0;
    while (tokens) {
        struct Token* token = tokens;
        tokens = tokens->next;
        if (token_is(token, "defined")) {
            int open = tokens && tokens->kind == '(';
            if (open) tokens = tokens->next;
            if (tokens == 0 || tokens->kind != IDENTIFIER) fail("'defined' needs a name");
            char* truth = "0";
            if (tokens->name->macro) truth = "1";
            token = synthetic_token(NUMBER, truth, tokens);
            tokens = tokens->next;
            if (open) {
                if (tokens == 0 || tokens->kind != ')') fail("'defined(' needs a ')'");
                tokens = tokens->next;
            }
        }
        append_token(&list, token);
    }
    return list.first;
}

int condition_is_true(struct Token* tokens) {
    struct Operand result;
    condition_token = expand_tokens(resolve_defined(tokens));
    if (condition_token == 0) fail("#if without an expression");
    read_condition(&result, 0, 1);
    if (condition_token) fail_about("#if: unexpected", token_text(condition_token));
    return wide_is_zero(&result.value) == 0;
}
