/*
 * How a scanner runs: the tables before this file say what matches, the function behind it what is done.
 *
 * What was read and is not yet part of a token lies in yy_bytes from yy_at to yy_end. yytext is a copy of its own, so
 * that bytes may be given back at any time without a change to the token.
 */
#ifndef YY_DECL
#define YY_DECL int yylex(void)
#endif
#ifndef YY_FATAL_ERROR
#define YY_FATAL_ERROR(what) (fprintf(stderr, "%s\n", what), exit(2))
#endif
#ifndef YY_INPUT
#define YY_INPUT(to, count, most) (count = fread(to, 1, most, yyin))
#endif
#ifndef YY_USER_INIT
#define YY_USER_INIT
#endif
#ifndef YY_USER_ACTION
#define YY_USER_ACTION
#endif

#define YY_CHUNK 8192

static char *yy_bytes;
static int yy_at, yy_end, yy_capacity, yy_token_capacity;
static int *yy_conditions, yy_condition_count, yy_condition_capacity;

static void *yy_grown(void *memory, int size) {
    memory = realloc(memory, size);
    if (memory == NULL) YY_FATAL_ERROR("out of memory");
    return memory;
}

/* Reads more behind what is there; 0 at the end. What comes before yy_at is room. */
static int yy_read(void) {
    int count;
    if (yy_at > 0) memmove(yy_bytes, yy_bytes + yy_at, yy_end - yy_at);
    yy_end -= yy_at;
    yy_at = 0;
    if (yy_capacity - yy_end < YY_CHUNK) yy_bytes = yy_grown(yy_bytes, yy_capacity = 2 * yy_end + YY_CHUNK);
    YY_INPUT(yy_bytes + yy_end, count, YY_CHUNK);
    if (count > 0) yy_end += count;
    return count > 0;
}

static void yy_put(int c) {
    if (yy_at == 0) {
        int room = yy_capacity + YY_CHUNK;
        yy_bytes = yy_grown(yy_bytes, yy_capacity += room);
        memmove(yy_bytes + room, yy_bytes, yy_end);
        yy_at += room;
        yy_end += room;
    }
    yy_bytes[--yy_at] = c;
}

/* The next byte, which becomes part of no token; at the very end 0. */
static int yy_get(void) {
    int c;
    while (yy_at == yy_end && !yy_read())
        if (yywrap()) return 0;
    c = (unsigned char)yy_bytes[yy_at++];
    yy_line_begins = c == '\n';
    return c;
}

/* Leaves the first COUNT bytes to the token. */
static void yy_give_back(int count) {
    while (yyleng > count) yy_put(yytext[--yyleng]);
    yytext[yyleng] = '\0';
}

static void yy_push_state(int condition) {
    if (yy_condition_count == yy_condition_capacity) {
        yy_condition_capacity = 2 * yy_condition_capacity + 16;
        yy_conditions = yy_grown(yy_conditions, yy_condition_capacity * sizeof(int));
    }
    yy_conditions[yy_condition_count++] = yy_condition;
    yy_condition = condition;
}

static void yy_pop_state(void) {
    if (yy_condition_count == 0) YY_FATAL_ERROR("no start condition to go back to");
    yy_condition = yy_conditions[--yy_condition_count];
}

/* Takes COUNT bytes from the input to the token, behind what yymore kept. */
static void yy_take(int count) {
    int length = yy_keep + count;
    if (length >= yy_token_capacity) yytext = yy_grown(yytext, yy_token_capacity = 2 * length + 64);
    if (count > 0) memcpy(yytext + yy_keep, yy_bytes + yy_at, count);
    yy_at += count;
    yytext[yyleng = length] = '\0';
    yy_keep = 0;
    if (length > 0) yy_line_begins = yytext[length - 1] == '\n';
}

/* The rule that matches most, and of those that match as much the first; 0 where none does. */
static int yy_longest(void) {
    int state = yy_first[2 * yy_condition + yy_line_begins];
    int rule = yy_accepted[state], length = 0, seen = 0;
    while (state != 0 && (yy_at + seen < yy_end || yy_read())) {
        state = yy_next[state][yy_class[(unsigned char)yy_bytes[yy_at + seen++]]];
        if (yy_accepted[state] != 0) {
            rule = yy_accepted[state];
            length = seen;
        }
    }
    yy_take(yy_trail[rule] > 0 ? yy_trail[rule] : rule == 0 ? 1 : length + yy_trail[rule]);
    return rule;
}

/* The number of the next token's rule, or at the end of all files YY_END and the start condition. */
static int yy_match(void) {
    int rule;
    while (yy_at == yy_end && !yy_read())
        if (yywrap()) {
            yy_take(0);
            return YY_END + yy_condition;
        }
    rule = yy_longest();
    YY_USER_ACTION
    return rule;
}

static void yy_no_rule(void) {
#ifdef YY_NO_DEFAULT
    YY_FATAL_ERROR("no rule matches");
#else
    ECHO;
#endif
}

/* Once, at the first call. */
static void yy_begin(void) {
    static int begun;
    if (begun) return;
    begun = 1;
    YY_USER_INIT;
    if (yyin == NULL) yyin = stdin;
    if (yyout == NULL) yyout = stdout;
}
