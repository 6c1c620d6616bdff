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

// The words in the order of their codes; then the other spellings that some of them have.
void make_keywords() {
    char* words = "void _Bool char short int long float double signed unsigned __builtin_va_list struct union enum "
        "const volatile restrict inline __extension__ typedef extern static auto register __attribute__ "
        "if else while do for switch case default break continue return goto sizeof __builtin_va_start "
        "__builtin_va_arg __builtin_va_end __builtin_va_copy __syscall __code __func__ ";
    int code = K_VOID;
    int start = 0;
    int i;
    for (i = 0; words[i] & 255; i++) {
        if ((words[i] & 255) == ' ') {
            name_of_bytes(words + start, i - start)->keyword = code;
            code = code + 1;
            start = i + 1;
        }
    }
    keyword("__signed__", K_SIGNED);
    keyword("__const", K_CONST);
    keyword("__volatile__", K_VOLATILE);
    keyword("__restrict", K_RESTRICT);
    keyword("__restrict__", K_RESTRICT);
    keyword("__inline", K_INLINE);
    keyword("__inline__", K_INLINE);
    keyword("__FUNCTION__", K_FUNC);
}

// Messages point at the token that the parser stands on.
void advance() {
    if (reserve) token = reserve;
    else token = expanded_token();
    reserve = 0;
    if (token->kind == END) return;
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

// A constant expression's value, which must fit an int.
int read_constant() {
    struct Node* node = rvalue(read_conditional());
    if (is_constant(node) == 0) fail("a constant integer is expected");
    if (node->value.high != node->value.low >> 31) fail("the constant does not fit an int");
    return node->value.low;
}
