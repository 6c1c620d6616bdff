// The parser's view of the program: one token at a time, fully expanded, with one more in reserve.

enum {
    K_VOID = 1, K_BOOL, K_CHAR, K_SHORT, K_INT, K_LONG, K_FLOAT, K_DOUBLE, K_SIGNED, K_UNSIGNED,
    K_VA_LIST, K_STRUCT, K_UNION, K_ENUM, K_CONST, K_VOLATILE, K_RESTRICT, K_INLINE, K_EXTENSION,
    K_TYPEDEF, K_EXTERN, K_STATIC, K_AUTO, K_REGISTER, K_ATTRIBUTE,
    K_IF, K_ELSE, K_WHILE, K_DO, K_FOR, K_SWITCH, K_CASE, K_DEFAULT, K_BREAK, K_CONTINUE, K_RETURN,
    K_GOTO, K_SIZEOF, K_VA_START, K_VA_ARG, K_VA_END, K_VA_COPY, K_SYSCALL, K_CODE, K_FUNC
};

struct Token* token;
struct Token* reserve;

void keyword(char* text, int code) {
    name_of(text)->keyword = code;
}

// The words that can begin a declaration.
void make_type_keywords() {
    keyword("void", K_VOID);
    keyword("_Bool", K_BOOL);
    keyword("char", K_CHAR);
    keyword("short", K_SHORT);
    keyword("int", K_INT);
    keyword("long", K_LONG);
    keyword("float", K_FLOAT);
    keyword("double", K_DOUBLE);
    keyword("signed", K_SIGNED);
    keyword("__signed__", K_SIGNED);
    keyword("unsigned", K_UNSIGNED);
    keyword("__builtin_va_list", K_VA_LIST);
    keyword("struct", K_STRUCT);
    keyword("union", K_UNION);
    keyword("enum", K_ENUM);
    keyword("const", K_CONST);
    keyword("__const", K_CONST);
    keyword("volatile", K_VOLATILE);
    keyword("__volatile__", K_VOLATILE);
    keyword("restrict", K_RESTRICT);
    keyword("__restrict", K_RESTRICT);
    keyword("__restrict__", K_RESTRICT);
    keyword("inline", K_INLINE);
    keyword("__inline", K_INLINE);
    keyword("__inline__", K_INLINE);
    keyword("__extension__", K_EXTENSION);
    keyword("typedef", K_TYPEDEF);
    keyword("extern", K_EXTERN);
    keyword("static", K_STATIC);
    keyword("auto", K_AUTO);
    keyword("register", K_REGISTER);
    keyword("__attribute__", K_ATTRIBUTE);
}

void make_keywords() {
    make_type_keywords();
    keyword("if", K_IF);
    keyword("else", K_ELSE);
    keyword("while", K_WHILE);
    keyword("do", K_DO);
    keyword("for", K_FOR);
    keyword("switch", K_SWITCH);
    keyword("case", K_CASE);
    keyword("default", K_DEFAULT);
    keyword("break", K_BREAK);
    keyword("continue", K_CONTINUE);
    keyword("return", K_RETURN);
    keyword("goto", K_GOTO);
    keyword("sizeof", K_SIZEOF);
    keyword("__builtin_va_start", K_VA_START);
    keyword("__builtin_va_arg", K_VA_ARG);
    keyword("__builtin_va_end", K_VA_END);
    keyword("__builtin_va_copy", K_VA_COPY);
    keyword("__syscall", K_SYSCALL);
    keyword("__code", K_CODE);
    keyword("__func__", K_FUNC);
    keyword("__FUNCTION__", K_FUNC);
}

// Messages point at the token that the parser stands on.
void advance() {
    if (reserve) token = reserve;
    else token = expanded_token();
    reserve = 0;
    position_file = token->file;
    position_line = token->line;
}

struct Token* following() {
    if (reserve == 0) {
        reserve = expanded_token();
        position_file = token->file;
        position_line = token->line;
    }
    return reserve;
}

int keyword_of(struct Token* at) {
    if (at->kind == IDENTIFIER) return at->name->keyword;
    return 0;
}

int at_keyword(int code) {
    return keyword_of(token) == code;
}

int at(int kind) {
    return token->kind == kind;
}

// Passes over the token if it is of this kind.
int accept(int kind) {
    if (token->kind != kind) return 0;
    advance();
    return 1;
}

int accept_keyword(int code) {
    if (keyword_of(token) != code) return 0;
    advance();
    return 1;
}

void fail_expected(char* what) {
    char* message = join_text("expected ", what);
    fail_about(join_text(message, " instead of"), token_text(token));
}

void expect(int kind, char* what) {
    if (accept(kind) == 0) fail_expected(what);
}

int at_name() {
    return token->kind == IDENTIFIER && token->name->keyword == 0;
}

struct Name* expect_name() {
    if (at_name() == 0) fail_expected("a name");
    struct Name* name = token->name;
    advance();
    return name;
}

int is_typedef_name(struct Token* at) {
    if (at->kind != IDENTIFIER || at->name->symbol == 0) return 0;
    return at->name->symbol->kind == SYMBOL_TYPEDEF;
}

int starts_type(struct Token* at) {
    int code = keyword_of(at);
    if (code >= K_VOID && code <= K_ATTRIBUTE) return 1;
    return is_typedef_name(at);
}

struct Node* read_expression();
struct Node* read_assignment();
struct Node* read_conditional();
struct Type* read_type_name();

// A constant expression's value, which must fit an int or an unsigned.
int read_constant() {
    struct Node* node = rvalue(read_conditional());
    if (is_constant(node) == 0) fail("a constant integer is expected");
    if (node->value.high != 0 && node->value.high != -1) fail("the constant is too large");
    return node->value.low;
}
