// __attribute__((…)). Some only advise the compiler or its warnings, and are passed over; any other
// would change what the program means, and is an error.

int is_advice(char* word) {
    char* known = " noreturn unused used format pure const malloc nonnull deprecated noinline always_inline cold hot "
        "warn_unused_result sentinel format_arg returns_nonnull cdecl nothrow leaf may_alias fallthrough ";
    int length = text_length(word);
    int i;
    for (i = 0; known[i] & 255; i++) {
        int found = (known[i] & 255) == ' ' && same_bytes(known + i + 1, word, length);
        if (found && (known[i + 1 + length] & 255) == ' ') return 1;
    }
    return 0;
}

// __word__ means the same as word.
char* plain_attribute(char* word) {
    int length = text_length(word);
    if (length < 5 || same_bytes(word, "__", 2) == 0) return word;
    if (same_bytes(word + (length - 2), "__", 2) == 0) return word;
    char* plain = allocate(length);
    copy_bytes(plain, word + 2, length - 4);
    return plain;
}

void skip_parentheses() {
    int depth = 0;
    for (;;) {
        if (at(END)) fail("a parenthesis is not closed");
        if (at('(')) depth = depth + 1;
        if (at(')')) depth = depth - 1;
        advance();
        if (depth == 0) return;
    }
}

void read_attributes() {
    while (accept_keyword(K_ATTRIBUTE)) {
        expect('(', "'(('");
        expect('(', "'(('");
        while (at(')') == 0) {
            if (token->kind != IDENTIFIER) fail_expected("an attribute");
            char* word = plain_attribute(token->name->text);
            if (is_advice(word) == 0) fail_about("unsupported attribute", word);
            advance();
            if (at('(')) skip_parentheses();
            if (at(')') == 0) expect(',', "',' or ')'");
        }
        expect(')', "'))'");
        expect(')', "'))'");
    }
}
