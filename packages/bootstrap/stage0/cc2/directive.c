// Lines that begin with '#', and the stream of tokens that is left when they are obeyed.

struct Condition {
    struct Condition* parent;
    int seen_else;
    int line;
};

int condition_is_true(struct Token* tokens);

// Reads the rest of a directive's line.
struct Token* read_line() {
    struct TokenList list;
    clear(&list, sizeof(struct TokenList));
    for (;;) {
        struct Token* token = new_token();
        lex(token);
        if (token->kind == NEWLINE || token->kind == END) return list.first;
        append_token(&list, token);
    }
}

struct Name* macro_name(struct Token* token) {
    if (token == 0 || token->kind != IDENTIFIER) fail("a macro's name is expected");
    if (token_is(token, "defined")) fail("'defined' cannot be a macro");
    return token->name;
}

// Marks where the body uses a parameter.
void mark_parameters(struct Macro* macro, struct Name* name) {
    struct Token* token = macro->body;
    while (token) {
        if (token->kind == IDENTIFIER && token->name == name) token->parameter = macro->parameters;
        token = token->next;
    }
}

// The parameters come before the body, and their number is known only after them: they are marked
// in the body one by one while they are read.
struct Token* read_parameter(struct Macro* macro, struct Token* token) {
    if (token == 0) fail("the macro's parameters have no end");
    macro->parameters = macro->parameters + 1;
    if (token->kind == ELLIPSIS) {
        macro->variadic = 1;
        mark_parameters(macro, name_of("__VA_ARGS__"));
        token = token->next;
    } else {
        mark_parameters(macro, macro_name(token));
        token = token->next;
        if (token && token->kind == ELLIPSIS) {
            macro->variadic = 1;
            token = token->next;
        }
    }
    if (token == 0 || (token->kind != ',' && token->kind != ')')) fail("expected ',' or ')' after a macro's parameter");
    if (token->kind == ',' && macro->variadic) fail("'...' must be the last parameter");
    if (token->kind == ',' && token->next && token->next->kind == ')') fail("a macro's parameter is expected");
    return token;
}

void check_body(struct Macro* macro) {
    struct Token* token = macro->body;
    if (token && token->kind == PASTE) fail("## at the start of a macro");
    while (token) {
        if (token->kind == PASTE && token->next == 0) fail("## at the end of a macro");
        if (macro->takes_arguments && token->kind == '#')
            if (token->next == 0 || token->next->parameter == 0) fail("# needs a parameter after it");
        token = token->next;
    }
}

void obey_define(struct Token* line) {
    struct Macro* macro = allocate(sizeof(struct Macro));
    macro->name = macro_name(line);
    struct Token* token = line->next;
    macro->body = token;
    if (token && token->kind == '(' && token->spaced == 0) {
        macro->takes_arguments = 1;
        struct Token* body = token;
        while (body && body->kind != ')') body = body->next;
        if (body == 0) fail("the macro's parameters have no end");
        macro->body = body->next;
        token = token->next;
        while (token->kind != ')') {
            token = read_parameter(macro, token);
            if (token->kind == ',') token = token->next;
        }
    }
    check_body(macro);
    define_macro(macro);
}

void define_text(char* text) {
    push_source("<command line>", text);
    obey_define(read_line());
    source = source->parent;
}

void obey_include(struct Token* line) {
    if (line && line->kind != STRING && line->kind != '<') line = expand_tokens(line);
    if (line == 0) fail("#include needs a file's name");
    struct Buffer* name = allocate(sizeof(struct Buffer));
    if (line->kind == STRING) {
        buffer_bytes(name, line->text + 1, line->length - 2);
        buffer_byte(name, 0);
        include_file(name->bytes, 1);
        return;
    }
    if (line->kind != '<') fail("#include needs \"file\" or <file>");
    struct Token* token = line->next;
    while (token && token->kind != '>') {
        if (token->spaced && token != line->next) buffer_byte(name, ' ');
        buffer_bytes(name, token->text, token->length);
        token = token->next;
    }
    if (token == 0) fail("#include: expected '>'");
    buffer_byte(name, 0);
    include_file(name->bytes, 0);
}

void obey_line(struct Token* line) {
    line = expand_tokens(line);
    if (line == 0 || line->kind != NUMBER) fail("#line needs a number");
    source->line = read_number(line)->value.low;
    line = line->next;
    if (line && line->kind == STRING) {
        struct Buffer* name = allocate(sizeof(struct Buffer));
        append_string(name, line, 1);
        buffer_byte(name, 0);
        source->name = name->bytes;
    }
}

void obey_error(struct Token* line) {
    struct Token* text = stringify(line, &end_token);
    fail_about("#error", token_text(text));
}

// Pragmas that change what the program means are refused; C says to pass over those that nobody knows.
void obey_pragma(struct Token* line) {
    if (line == 0) return;
    if (token_is(line, "pack") || token_is(line, "once") || token_is(line, "weak") || token_is(line, "push_macro")
        || token_is(line, "pop_macro")) fail_about("unsupported pragma", token_text(line));
}

void push_condition() {
    struct Condition* condition = allocate(sizeof(struct Condition));
    condition->parent = source->condition;
    condition->line = source->line - 1;
    source->condition = condition;
}

// Passes over a line that is not compiled. Only what can hide a newline or a '#' is looked at.
void skip_line() {
    for (;;) {
        int c = *source->at & 255;
        if (c == 0) return;
        if (c == '\n') {
            count_line();
            return;
        }
        if (at_comment()) skip_comment();
        else if (is_quote(c)) {
            source->at = source->at + 1;
            while (is_one_of(*source->at & 255, "\n") == 0 && (*source->at & 255) != c) {
                if ((source->at[0] & 255) == '\\' && (source->at[1] & 255) != '\n') source->at = source->at + 1;
                source->at = source->at + 1;
            }
            if ((*source->at & 255) == c) source->at = source->at + 1;
        } else source->at = source->at + 1;
    }
}

// The name of the directive that this line is, read but not obeyed; "" if it is none.
char* skipped_directive() {
    struct Token token;
    skip_blanks();
    if ((*source->at & 255) != '#') return "";
    source->at = source->at + 1;
    skip_blanks();
    if (is_letter(*source->at & 255) == 0) return "";
    lex(&token);
    return token.name->text;
}

void leave_condition() {
    if (source->condition == 0) fail("#endif without #if");
    source->condition = source->condition->parent;
}

void enter_else() {
    if (source->condition == 0) fail("#else without #if");
    if (source->condition->seen_else) fail("#else after #else");
    source->condition->seen_else = 1;
}

// Passes over a group of lines to its end. `wanted` says that no group of this #if was taken yet, so
// that an #else or a true #elif is where compiling goes on.
void skip_group(int wanted) {
    int depth = 0;
    for (;;) {
        if ((*source->at & 255) == 0) {
            position_line = source->condition->line;
            fail("the #if has no #endif");
        }
        int line_is_read = 0;
        char* name = skipped_directive();
        if (same_text(name, "if") || same_text(name, "ifdef") || same_text(name, "ifndef")) depth = depth + 1;
        else if (same_text(name, "endif")) {
            depth = depth - 1;
            if (depth < 0) leave_condition();
        } else if (depth == 0 && same_text(name, "else")) {
            enter_else();
            if (wanted) depth = -1;
        } else if (depth == 0 && same_text(name, "elif")) {
            if (source->condition->seen_else) fail("#elif after #else");
            if (wanted) {
                if (condition_is_true(read_line())) return;
                line_is_read = 1;
            }
        }
        if (line_is_read == 0) skip_line();
        if (depth < 0) {
            source->fresh = 1;
            return;
        }
    }
}

void obey_condition(char* name, struct Token* line) {
    int truth;
    if (same_text(name, "if")) truth = condition_is_true(line);
    else {
        truth = macro_name(line)->macro != 0;
        if (same_text(name, "ifndef")) truth = truth == 0;
    }
    push_condition();
    if (truth == 0) skip_group(1);
}

int is_conditional(char* name) {
    return same_text(name, "if") || same_text(name, "ifdef") || same_text(name, "ifndef");
}

void obey(char* name, struct Token* line) {
    if (is_conditional(name)) obey_condition(name, line);
    else if (same_text(name, "define")) obey_define(line);
    else if (same_text(name, "undef")) macro_name(line)->macro = 0;
    else if (same_text(name, "include")) obey_include(line);
    else if (same_text(name, "endif")) leave_condition();
    else if (same_text(name, "else")) {
        enter_else();
        skip_group(0);
    } else if (same_text(name, "elif")) {
        if (source->condition == 0) fail("#elif without #if");
        skip_group(0);
    } else if (same_text(name, "error")) obey_error(line);
    else if (same_text(name, "line")) obey_line(line);
    else if (same_text(name, "pragma")) obey_pragma(line);
    else if (same_text(name, "warning") == 0) fail_about("unknown directive", name);
}

void read_directive() {
    struct Token token;
    lex(&token);
    if (token.kind == NEWLINE) return;
    if (token.kind != IDENTIFIER) fail("a directive's name is expected");
    struct Token* line = read_line();
    obey(token.name->text, line);
}

// The next token of the files, when no macro is being expanded.
struct Token* source_token() {
    struct Token* token = new_token();
    int spaced = 0;
    for (;;) {
        int fresh = source->fresh;
        lex(token);
        if (token->kind == NEWLINE) spaced = 1;
        else if (token->kind == '#' && fresh) read_directive();
        else if (token->kind != END) {
            token->spaced = token->spaced | spaced;
            return token;
        } else {
            if (source->condition) {
                position_line = source->condition->line;
                fail("the #if has no #endif");
            }
            if (source->parent == 0) return token;
            source = source->parent;
            include_depth = include_depth - 1;
        }
    }
}
