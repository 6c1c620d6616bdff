// The expression of an #if. The parser itself reads it, with all integers 64 bits wide and every name
// that is no macro a zero.

// Replaces `defined X` and `defined(X)` by 1 or 0, before anything is expanded.
struct Token* resolve_defined(struct Token* tokens) {
    struct TokenList list;
    clear(&list, sizeof(struct TokenList));
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

void names_to_zero(struct Token* tokens) {
    while (tokens) {
        if (tokens->kind == IDENTIFIER) {
            tokens->kind = NUMBER;
            tokens->text = "0";
            tokens->length = 1;
        }
        tokens = tokens->next;
    }
}

// The parser may be anywhere in the program when it meets an #if: what it holds is put aside.
int condition_is_true(struct Token* tokens) {
    struct Token* outer_token = token;
    struct Token* outer_reserve = reserve;
    tokens = expand_tokens(resolve_defined(tokens));
    if (tokens == 0) fail("#if without an expression");
    names_to_zero(tokens);
    push_context(tokens, 0, 1);
    in_condition = 1;
    reserve = 0;
    advance();
    struct Node* value = rvalue(read_conditional());
    if (at(END) == 0) fail_about("#if: unexpected", token_text(token));
    if (is_constant(value) == 0) fail("#if: the expression has no constant value");
    in_condition = 0;
    pop_context();
    token = outer_token;
    reserve = outer_reserve;
    return is_null(value) == 0;
}
