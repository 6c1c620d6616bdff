// From characters to preprocessing tokens.

// An operator's kind is its own characters, the first in the lowest byte: '+' is 0x2B, "+=" 0x3D2B.
enum {
    END = 1, IDENTIFIER = 2, NUMBER = 3, CHARACTER = 4, STRING = 5, NEWLINE = 10,
    ARROW = 0x3E2D, INCREMENT = 0x2B2B, DECREMENT = 0x2D2D, SHIFT_LEFT = 0x3C3C, SHIFT_RIGHT = 0x3E3E,
    LESS_EQUAL = 0x3D3C, GREATER_EQUAL = 0x3D3E, EQUAL = 0x3D3D, UNEQUAL = 0x3D21,
    BOTH = 0x2626, EITHER = 0x7C7C, PASTE = 0x2323, ELLIPSIS = 0x2E2E2E,
    ADD_ASSIGN = 0x3D2B, SUBTRACT_ASSIGN = 0x3D2D, MULTIPLY_ASSIGN = 0x3D2A, DIVIDE_ASSIGN = 0x3D2F,
    REMAINDER_ASSIGN = 0x3D25, AND_ASSIGN = 0x3D26, OR_ASSIGN = 0x3D7C, XOR_ASSIGN = 0x3D5E,
    LEFT_ASSIGN = 0x3D3C3C, RIGHT_ASSIGN = 0x3D3E3E
};

struct Token {
    struct Token* next;
    int kind;
    struct Name* name;     // of an IDENTIFIER
    char* text;            // the spelling, `length` bytes, not ended by a zero
    int length;
    char* file;
    int line;
    int spaced;            // white space stands before it
    int frozen;            // an identifier that is never to be expanded again
    int parameter;         // in a macro's body: which parameter it names, from 1, or 0
};

// Goes over the inside of a comment, a string or a line that is skipped.
void count_line() {
    if ((*source->at & 255) == '\n') source->line = source->line + 1;
    source->at = source->at + 1;
}

int at_comment() {
    if ((source->at[0] & 255) != '/') return 0;
    return (source->at[1] & 255) == '*' || (source->at[1] & 255) == '/';
}

void skip_comment() {
    if ((source->at[1] & 255) == '/') {
        while ((*source->at & 255) != '\n') source->at = source->at + 1;
        return;
    }
    source->at = source->at + 2;
    position_line = source->line;
    while ((source->at[0] & 255) != '*' || (source->at[1] & 255) != '/') {
        if ((*source->at & 255) == 0) fail("the comment has no end");
        count_line();
    }
    source->at = source->at + 2;
}

int is_blank(int c) {
    return c == ' ' || c == '\t' || c == '\r' || c == 11 || c == 12;
}

// Skips white space within a line; says whether there was any.
int skip_blanks() {
    int skipped = 0;
    for (;;) {
        if (is_blank(*source->at & 255)) source->at = source->at + 1;
        else if (at_comment()) skip_comment();
        else return skipped;
        skipped = 1;
    }
}

int is_one_of(int c, char* set) {
    int i = 0;
    while (set[i] & 255) {
        if ((set[i] & 255) == c) return 1;
        i = i + 1;
    }
    return 0;
}

int operator_length(char* at) {
    int c = at[0] & 255;
    int d = at[1] & 255;
    int e = at[2] & 255;
    if (c == '.') {
        if (d == '.' && e == '.') return 3;
        return 1;
    }
    if (c == d && (c == '<' || c == '>')) {
        if (e == '=') return 3;
        return 2;
    }
    if (d == '=' && is_one_of(c, "<>=!*/%+-&^|")) return 2;
    if (c == d && is_one_of(c, "+-&|#")) return 2;
    if (c == '-' && d == '>') return 2;
    return 1;
}

int operator_kind(char* at, int length) {
    int kind = at[0] & 255;
    if (length > 1) kind = kind | (at[1] & 255) << 8;
    if (length > 2) kind = kind | (at[2] & 255) << 16;
    return kind;
}

// A preprocessing number: wider than any constant, so that 0x1p-3 and 1.e+5f are one token each.
int number_length(char* at) {
    int length = 1;
    for (;;) {
        int c = at[length] & 255;
        if (c == '+' || c == '-') {
            if (is_one_of(at[length - 1] & 255, "eEpP") == 0) return length;
        } else if (is_word(c) == 0 && c != '.') return length;
        length = length + 1;
    }
}

// The length of a string or character constant that starts at its opening quote.
int quoted_length(char* at) {
    int quote = at[0] & 255;
    int length = 1;
    while ((at[length] & 255) != quote) {
        if ((at[length] & 255) == '\\') length = length + 1;
        if ((at[length] & 255) == '\n' || (at[length] & 255) == 0) fail("the quote is not closed on its line");
        length = length + 1;
    }
    return length + 1;
}

int is_quote(int c) {
    return c == '"' || c == '\'';
}

void lex_quoted(struct Token* token, int prefix) {
    token->kind = STRING;
    if ((source->at[prefix] & 255) == '\'') token->kind = CHARACTER;
    token->length = prefix + quoted_length(source->at + prefix);
}

void lex_word(struct Token* token) {
    int length = 1;
    while (is_word(source->at[length] & 255)) length = length + 1;
    token->kind = IDENTIFIER;
    token->length = length;
    token->name = name_of_bytes(source->at, length);
}

// Reads the next token of the current file into `token`. A line's end is a token too; the file's
// end is END and stays so.
void lex(struct Token* token) {
    token->spaced = skip_blanks();
    token->text = source->at;
    token->file = source->name;
    token->line = source->line;
    position_file = source->name;
    position_line = source->line;
    int c = source->at[0] & 255;
    int d = 0;
    if (c) d = source->at[1] & 255;
    if (c == 0) {
        token->kind = END;
        return;
    }
    if (c == 'L' && is_quote(d)) lex_quoted(token, 1);
    else if (is_letter(c)) lex_word(token);
    else if (is_digit(c) || (c == '.' && is_digit(d))) {
        token->kind = NUMBER;
        token->length = number_length(source->at);
    } else if (is_quote(c)) lex_quoted(token, 0);
    else if (c == '\n') {
        token->kind = NEWLINE;
        token->length = 1;
        source->line = source->line + 1;
    } else {
        if (c < ' ' || c == 127) fail("a control character is no part of C"); // END and others are such numbers
        token->length = operator_length(source->at);
        token->kind = operator_kind(source->at, token->length);
    }
    source->fresh = c == '\n';
    source->at = source->at + token->length;
}

struct Token* new_token() {
    return allocate(sizeof(struct Token));
}

struct Token* copy_token(struct Token* token) {
    struct Token* copy = new_token();
    copy_bytes(copy, token, sizeof(struct Token));
    copy->next = 0;
    return copy;
}

struct TokenList {
    struct Token* first;
    struct Token* last;
};

// Takes the token itself, which must be in no other list.
void append_token(struct TokenList* list, struct Token* token) {
    token->next = 0;
    if (list->last) list->last->next = token;
    else list->first = token;
    list->last = token;
}

char* token_text(struct Token* token) {
    if (token->kind == END) return "the end of the file";
    char* text = allocate(token->length + 1);
    copy_bytes(text, token->text, token->length);
    return text;
}

int token_is(struct Token* token, char* word) {
    return token->kind == IDENTIFIER && same_text(token->name->text, word);
}
