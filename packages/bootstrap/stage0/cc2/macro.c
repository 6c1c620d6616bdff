// Macros: their definitions, and the expansion of identifiers in the stream of tokens.
//
// An expansion is pushed on a stack of contexts and read again from there, so that what it contains
// is expanded in turn. While a macro's context is on the stack the macro is busy; its own name, met
// then, is frozen for good. This is what keeps a recursive definition from running for ever.

enum { PLAIN_MACRO, FILE_MACRO, LINE_MACRO };

struct Macro {
    struct Name* name;
    struct Token* body;
    int takes_arguments;
    int parameters;
    int variadic;          // the last parameter takes all the arguments left
    int special;
    int busy;
};

struct Context {
    struct Context* parent;
    struct Token* next;    // what is left of it
    struct Macro* macro;   // no longer busy once the context is used up; or 0
    int closed;            // reading does not go on in the parent
};

struct Argument {
    struct Token* raw;
    struct Token* expanded;
};

struct Context* context;
struct Token end_token;
struct Token* source_token();

void push_context(struct Token* tokens, struct Macro* macro, int closed) {
    struct Context* pushed = allocate(sizeof(struct Context));
    pushed->parent = context;
    pushed->next = tokens;
    pushed->macro = macro;
    pushed->closed = closed;
    context = pushed;
    if (macro) macro->busy = 1;
}

void pop_context() {
    if (context->macro) context->macro->busy = 0;
    context = context->parent;
}

// The next token before expansion. It belongs to whoever made it: copy it before linking it.
struct Token* raw_token() {
    while (context) {
        struct Token* token = context->next;
        if (token) {
            context->next = token->next;
            return token;
        }
        if (context->closed) return &end_token;
        pop_context();
    }
    return source_token();
}

// Whether the name of a macro with parameters is followed by its arguments, on a later line even.
// Looks without reading, because without a parenthesis the name is no macro call at all.
int parenthesis_follows() {
    struct Context* at = context;
    while (at) {
        if (at->next) return at->next->kind == '(';
        if (at->closed) return 0;
        at = at->parent;
    }
    for (;;) {
        skip_blanks();
        if ((*source->at & 255) != '\n') return (*source->at & 255) == '(';
        source->fresh = 1;
        count_line();
    }
}

// Reads one argument up to the comma or parenthesis that ends it, and returns that.
int read_argument(struct Argument* argument, int takes_commas) {
    struct TokenList list;
    clear(&list, sizeof(struct TokenList));
    int depth = 0;
    for (;;) {
        struct Token* token = raw_token();
        int kind = token->kind;
        if (kind == END) fail("the macro's argument list has no end");
        if (depth == 0 && (kind == ')' || (kind == ',' && takes_commas == 0))) {
            argument->raw = list.first;
            return kind;
        }
        if (kind == '(') depth = depth + 1;
        if (kind == ')') depth = depth - 1;
        append_token(&list, copy_token(token));
    }
}

struct Argument* read_arguments(struct Macro* macro) {
    struct Argument* arguments = allocate((macro->parameters + 1) * sizeof(struct Argument));
    raw_token();
    int count = 0;
    int end = ',';
    while (end == ',') {
        int is_last = macro->variadic && count == macro->parameters - 1;
        if (count > macro->parameters) fail_about("too many arguments for the macro", macro->name->text);
        end = read_argument(arguments + count, is_last);
        count = count + 1;
    }
    if (macro->parameters == 0 && count == 1 && arguments->raw == 0) return arguments;
    if (count > macro->parameters) fail_about("too many arguments for the macro", macro->name->text);
    if (count < macro->parameters - macro->variadic) fail_about("too few arguments for the macro", macro->name->text);
    return arguments;
}

struct Token* expanded_token();

// An argument is expanded by itself, as if the rest of the file were not there.
struct Token* expand_tokens(struct Token* tokens) {
    struct TokenList list;
    clear(&list, sizeof(struct TokenList));
    push_context(tokens, 0, 1);
    nest();
    struct Token* token = expanded_token();
    while (token->kind != END) {
        append_token(&list, copy_token(token));
        token = expanded_token();
    }
    nesting = nesting - 1;
    pop_context();
    return list.first;
}

struct Token* synthetic_token(int kind, char* text, struct Token* place) {
    struct Token* token = copy_token(place);
    token->kind = kind;
    token->name = 0;
    token->text = text;
    token->length = text_length(text);
    return token;
}

void quote_byte(struct Buffer* text, int c) {
    if (c == '"' || c == '\\') buffer_byte(text, '\\');
    buffer_byte(text, c);
}

// #parameter: the argument's spelling as a string.
struct Token* stringify(struct Token* tokens, struct Token* place) {
    struct Buffer* text = allocate(sizeof(struct Buffer));
    buffer_byte(text, '"');
    struct Token* token = tokens;
    while (token) {
        if (token->spaced && token != tokens) buffer_byte(text, ' ');
        int i;
        for (i = 0; i < token->length; i++) {
            if (token->kind == STRING || token->kind == CHARACTER) quote_byte(text, token->text[i] & 255);
            else buffer_byte(text, token->text[i] & 255);
        }
        token = token->next;
    }
    buffer_byte(text, '"');
    buffer_byte(text, 0);
    return synthetic_token(STRING, text->bytes, place);
}

// left##right: their spellings side by side, read again as one token, which replaces `left`.
void paste(struct Token* left, struct Token* right) {
    char* text = allocate(left->length + right->length + 2);
    copy_bytes(text, left->text, left->length);
    copy_bytes(text + left->length, right->text, right->length);
    int length = left->length + right->length;
    text[length] = '\n';
    struct Token pasted;
    pasted.name = 0;
    push_source(source->name, text);
    source->line = source->parent->line;
    lex(&pasted);
    int rest = source->at != text + length;
    source = source->parent;
    text[length] = 0;
    if (rest) fail_about("## does not make one token", text);
    left->kind = pasted.kind;
    left->name = pasted.name;
    left->text = text;
    left->length = length;
    left->frozen = 0;
}

struct Expansion {
    struct TokenList tokens;
    struct Argument* arguments;
    struct Token* call;        // the macro's name where it was used: messages point there
};

void append_copies(struct Expansion* expansion, struct Token* tokens, int spaced) {
    while (tokens) {
        struct Token* copy = copy_token(tokens);
        copy->file = expansion->call->file;
        copy->line = expansion->call->line;
        copy->parameter = 0;
        copy->spaced = copy->spaced | spaced;
        append_token(&expansion->tokens, copy);
        spaced = 0;
        tokens = tokens->next;
    }
}

int is_stringify(struct Expansion* expansion, struct Token* token) {
    if (token->kind != '#' || expansion->arguments == 0 || token->next == 0) return 0;
    return token->next->parameter;
}

// Appends what one element of the body stands for: as an operand of ## an argument is not expanded.
// Returns the element after it.
struct Token* append_element(struct Expansion* expansion, struct Token* token, int pasted) {
    int parameter = is_stringify(expansion, token);
    if (parameter) {
        struct Argument* quoted = expansion->arguments + (parameter - 1);
        append_token(&expansion->tokens, stringify(quoted->raw, expansion->call));
        return token->next->next;
    }
    if (token->parameter) {
        struct Argument* argument = expansion->arguments + (token->parameter - 1);
        if (pasted) append_copies(expansion, argument->raw, token->spaced);
        else append_copies(expansion, argument->expanded, token->spaced);
    } else {
        struct Token* single = copy_token(token);
        append_copies(expansion, single, 0);
    }
    return token->next;
}

// Appends the right operand of ## and joins it to the last token so far, unless one side is empty.
struct Token* append_pasted(struct Expansion* expansion, struct Token* token, int left_is_empty) {
    struct Token* last = expansion->tokens.last;
    struct Token* rest = append_element(expansion, token, 1);
    if (left_is_empty || last == 0 || last->next == 0) return rest;
    paste(last, last->next);
    last->next = last->next->next;
    if (last->next == 0) expansion->tokens.last = last;
    return rest;
}

// The widespread `, ## __VA_ARGS__`: the comma goes when there are no variable arguments.
int is_optional_comma(struct Macro* macro, struct Token* token) {
    if (macro->variadic == 0 || token->kind != ',' || token->next == 0) return 0;
    if (token->next->kind != PASTE || token->next->next == 0) return 0;
    return token->next->next->parameter == macro->parameters;
}

struct Token* append_optional_comma(struct Expansion* expansion, struct Token* token) {
    struct Token* rest = token->next->next;
    struct Argument* argument = expansion->arguments + (rest->parameter - 1);
    if (argument->raw == 0) return rest->next;
    struct Token* comma = copy_token(token);
    append_copies(expansion, comma, 0);
    return append_element(expansion, rest, 0);
}

struct Token* substitute(struct Macro* macro, struct Argument* arguments, struct Token* call) {
    struct Expansion expansion;
    clear(&expansion, sizeof(struct Expansion));
    expansion.arguments = arguments;
    expansion.call = call;
    struct Token* token = macro->body;
    while (token) {
        if (is_optional_comma(macro, token)) token = append_optional_comma(&expansion, token);
        else {
            struct Token* before = expansion.tokens.last;
            struct Token* after = token->next;
            if (is_stringify(&expansion, token)) after = after->next;
            int pasted = after && after->kind == PASTE;
            token = append_element(&expansion, token, pasted);
            while (token && token->kind == PASTE) {
                int left_is_empty = expansion.tokens.last == before;
                token = append_pasted(&expansion, token->next, left_is_empty);
            }
        }
    }
    if (expansion.tokens.first) expansion.tokens.first->spaced = call->spaced;
    return expansion.tokens.first;
}

struct Token* special_expansion(struct Macro* macro, struct Token* call) {
    if (macro->special == FILE_MACRO) return stringify(synthetic_token(STRING, call->file, call), call);
    return synthetic_token(NUMBER, join_text("", decimal_text(call->line)), call);
}

// Puts the macro's expansion where its call was.
void enter_macro(struct Macro* macro, struct Token* call) {
    struct Argument* arguments = 0;
    if (macro->special) {
        push_context(special_expansion(macro, call), macro, 0);
        return;
    }
    if (macro->takes_arguments) {
        arguments = read_arguments(macro);
        int i;
        for (i = 0; i < macro->parameters; i++) {
            struct Argument* argument = arguments + i;
            argument->expanded = expand_tokens(argument->raw);
        }
    }
    push_context(substitute(macro, arguments, call), macro, 0);
}

// The next token after expansion.
struct Token* expanded_token() {
    for (;;) {
        struct Token* token = raw_token();
        if (token->kind != IDENTIFIER || token->frozen) return token;
        struct Macro* macro = token->name->macro;
        if (macro == 0) return token;
        if (macro->busy) {
            token = copy_token(token);
            token->frozen = 1;
            return token;
        }
        if (macro->takes_arguments && parenthesis_follows() == 0) return token;
        enter_macro(macro, token);
    }
}

int same_tokens(struct Token* a, struct Token* b) {
    while (a && b) {
        if (a->kind != b->kind || a->length != b->length) return 0;
        if (same_bytes(a->text, b->text, a->length) == 0) return 0;
        a = a->next;
        b = b->next;
    }
    return a == b;
}

// A macro may be defined again, if it stays the same.
void define_macro(struct Macro* macro) {
    struct Macro* old = macro->name->macro;
    if (old) {
        int same = old->takes_arguments == macro->takes_arguments && old->parameters == macro->parameters;
        if (old->special || same == 0 || same_tokens(old->body, macro->body) == 0)
            fail_about("the macro is already defined differently", macro->name->text);
    }
    macro->name->macro = macro;
}

void define_special(char* name, int special) {
    struct Macro* macro = allocate(sizeof(struct Macro));
    macro->name = name_of(name);
    macro->special = special;
    define_macro(macro);
}
