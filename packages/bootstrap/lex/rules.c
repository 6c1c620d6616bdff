/*
 * The three parts of the input: definitions, rules, and code that is passed on as it stands.
 */
#include <ctype.h>
#include <stddef.h>
#include <string.h>
#include "lex.h"

#define MOST_DEFINITIONS 1024
#define DEEPEST 32

const char *at;
int line;

struct rule rules[MOST_RULES];
int rule_count;
struct text conditions[MOST_CONDITIONS] = {{"INITIAL", 7, 0}};
int condition_count = 1;
int ignore_case, no_default, no_wrap;
struct text declarations[MOST_RULES], prologue[MOST_RULES];
int declaration_count, prologue_count;
const char *epilogue = "";
int epilogue_line;

static int inclusive[MOST_CONDITIONS] = {1};
static struct { struct text name; const char *text; } definitions[MOST_DEFINITIONS];
static int definition_count;

/* The conditions of <A,B>{ … }, one in the other. The outermost is none. */
static char scopes[DEEPEST][MOST_CONDITIONS];
static int depth;

static int is(struct text text, const char *word, int length) {
    return text.length == length && strncmp(text.start, word, length) == 0;
}

static int here(const char *word) {
    return strncmp(at, word, strlen(word)) == 0;
}

static int is_blank(int c) {
    return c == ' ' || c == '\t' || c == '\r';
}

static void skip_blanks(void) {
    while (is_blank(*at)) at++;
}

/* The rest of the line, and past its end. */
static struct text take_line(void) {
    struct text text;
    text.start = at;
    text.line = line;
    text.length = strcspn(at, "\n");
    at += text.length;
    if (*at == '\n') at++, line++;
    return text;
}

static struct text take_name(void) {
    struct text name;
    name.start = at;
    name.line = line;
    if (isalpha((unsigned char)*at) || *at == '_')
        while (isalnum((unsigned char)*at) || *at == '_' || *at == '-') at++;
    name.length = at - name.start;
    if (name.length == 0) fail("a name is missing", "");
    return name;
}

static void add(struct text *to, int *count, struct text text) {
    if (*count == MOST_RULES) fail("too many lines of code", "");
    to[(*count)++] = text;
}

/* Behind %{: all lines before that which begins with %}. */
static struct text take_block(void) {
    struct text text;
    int first = line;
    take_line();
    text.start = at;
    text.line = line;
    while (!here("%}")) {
        if (*at == '\0') line = first, fail("the closing %} is missing", "");
        take_line();
    }
    text.length = at - text.start;
    take_line();
    return text;
}

/* Over a comment, at whose / the text stands. */
static void skip_comment(void) {
    int first = line;
    for (at += 2; !here("*/"); at++) {
        if (*at == '\0') line = first, fail("the comment does not end", "");
        if (*at == '\n') line++;
    }
    at += 2;
}

static int condition(struct text name) {
    int i;
    for (i = 0; i < condition_count && !is(conditions[i], name.start, name.length); i++) continue;
    return i;
}

static void read_conditions(int with_others) {
    for (skip_blanks(); *at != '\n' && *at != '\0'; skip_blanks()) {
        struct text name = take_name();
        if (condition(name) < condition_count) fail("declared twice: ", name.start);
        if (condition_count == MOST_CONDITIONS) fail("too many start conditions", "");
        inclusive[condition_count] = with_others;
        conditions[condition_count++] = name;
    }
}

/* Options that ask for nothing else than what is done anyway, or take away what need not be used. */
static int is_idle(struct text option) {
    static const char *const idle[] = {"noreject", "stack", "noyy_top_state", "nostdinit", "nounput", "noinput",
                                       "noyymore", "8bit", "pointer", "never-interactive", "batch"};
    size_t i;
    for (i = 0; i < sizeof(idle) / sizeof(*idle); i++)
        if (is(option, idle[i], strlen(idle[i]))) return 1;
    return 0;
}

static void read_options(void) {
    for (skip_blanks(); *at != '\n' && *at != '\0'; skip_blanks()) {
        struct text option;
        option.start = at;
        option.length = strcspn(at, " \t\r\n");
        if (is(option, "caseless", 8) || is(option, "case-insensitive", 16)) ignore_case = 1;
        else if (is(option, "nodefault", 9)) no_default = 1;
        else if (is(option, "noyywrap", 8)) no_wrap = 1;
        else if (!is_idle(option)) fail("an option that is not understood: ", at);
        at += option.length;
    }
}

const char *definition(const char *name, int length) {
    int i;
    for (i = 0; i < definition_count; i++)
        if (is(definitions[i].name, name, length)) return definitions[i].text;
    return NULL;
}

static void read_definition(void) {
    struct text name = take_name(), text;
    char *copy;
    if (definition(name.start, name.length) != NULL) fail("defined twice: ", name.start);
    if (definition_count == MOST_DEFINITIONS) fail("too many definitions", "");
    skip_blanks();
    text = take_line();
    while (text.length > 0 && is_blank(text.start[text.length - 1])) text.length--;
    copy = allocate(text.length + 1);
    memcpy(copy, text.start, text.length);
    copy[text.length] = '\0';
    definitions[definition_count].name = name;
    definitions[definition_count++].text = copy;
}

static void read_directive(void) {
    if (here("%option")) at += 7, read_options();
    else if (at[1] == 'x' && isspace((unsigned char)at[2])) at += 2, read_conditions(0);
    else if (at[1] == 's' && isspace((unsigned char)at[2])) at += 2, read_conditions(1);
    else fail("not understood: ", at);
    take_line();
}

static void read_definitions(void) {
    while (!here("%%")) {
        if (*at == '\0') fail("there is no line %% before the rules", "");
        else if (here("%{")) add(declarations, &declaration_count, take_block());
        else if (*at == '%') read_directive();
        else if (here("/*")) skip_comment();
        else if (is_blank(*at)) add(declarations, &declaration_count, take_line());
        else if (*at == '\n') take_line();
        else read_definition();
    }
    take_line();
}

/* Code before the first rule, indented or in %{ and %}, is the beginning of the scanner's function. */
static void read_prologue(void) {
    for (;;) {
        if (here("%{")) add(prologue, &prologue_count, take_block());
        else if (is_blank(*at)) add(prologue, &prologue_count, take_line());
        else if (*at == '\n') take_line();
        else return;
    }
}

/* Behind <: names up to >, or *. */
static void take_conditions(char *on) {
    if (*at == '*') {
        at++;
        memset(on, 1, MOST_CONDITIONS);
    } else {
        for (;;) {
            struct text name = take_name();
            int i = condition(name);
            if (i == condition_count) fail("not declared: ", name.start);
            on[i] = 1;
            if (*at != ',') break;
            at++;
        }
    }
    if (*at != '>') fail("the closing > is missing", "");
    at++;
}

static void skip_quoted(int quote) {
    for (at++; *at != quote && *at != '\n' && *at != '\0'; at++)
        if (*at == '\\' && at[1] != '\0' && *++at == '\n') line++;
    if (*at == quote) at++;
}

/* Code up to the end of the line on which all its braces are closed. */
static struct text take_code(void) {
    struct text code;
    int braces = 0, first = line;
    code.start = at;
    code.line = line;
    while (*at != '\0' && (*at != '\n' || braces > 0)) {
        if (*at == '"' || *at == '\'') { skip_quoted(*at); continue; }
        if (here("/*")) { skip_comment(); continue; }
        if (*at == '{') braces++;
        if (*at == '}') braces--;
        if (*at++ == '\n') line++;
    }
    if (braces > 0) line = first, fail("the closing } of an action is missing", "");
    code.length = at - code.start;
    return code;
}

static void read_action(struct rule *rule) {
    skip_blanks();
    if (*at == '|') {
        at++;
        skip_blanks();
        if (*at != '\n') fail("nothing else may follow the action |", "");
        rule->shared = 1;
    } else if (here("%{")) rule->action = take_block();
    else rule->action = take_code();
}

/* <<EOF>> without conditions is for all that have no such rule yet. */
static void read_end_of_file(struct rule *rule, int everywhere) {
    int i, condition;
    at += 7;
    rule->end_of_file = 1;
    if (everywhere) memset(rule->on, 1, MOST_CONDITIONS);
    for (i = 1; i < rule_count; i++)
        for (condition = 0; rules[i].end_of_file && condition < condition_count; condition++)
            if (rules[i].on[condition] && rule->on[condition]) {
                if (!everywhere) fail("a second <<EOF>> for the same start condition", "");
                rule->on[condition] = 0;
            }
}

static void open_scope(const char *on) {
    at++;
    if (++depth == DEEPEST) fail("{ is nested too deeply", "");
    memcpy(scopes[depth], on, MOST_CONDITIONS);
}

/* One rule, or the beginning of a scope. */
static void read_rule(void) {
    static char on[MOST_CONDITIONS];
    struct rule *rule;
    int i, everywhere = depth == 0;
    memcpy(on, scopes[depth], MOST_CONDITIONS);
    if (*at == '<' && !here("<<EOF>>")) {
        at++;
        take_conditions(on);
        everywhere = 0;
        if (*at == '{' && isspace((unsigned char)at[1])) {
            open_scope(on);
            return;
        }
    }
    if (++rule_count == MOST_RULES) fail("too many rules", "");
    rule = &rules[rule_count];
    memcpy(rule->on, on, MOST_CONDITIONS);
    for (i = 0; everywhere && i < condition_count; i++) rule->on[i] = inclusive[i];
    if (here("<<EOF>>")) read_end_of_file(rule, everywhere);
    else read_pattern(rule, rule_count);
    read_action(rule);
}

void read_rules(void) {
    int line_begins = 1;
    read_definitions();
    read_prologue();
    while (*at != '\0' && !(line_begins && here("%%"))) {
        line_begins = *at == '\n';
        if (*at == '\n') at++, line++;
        else if (is_blank(*at)) at++;
        else if (here("/*")) skip_comment();
        else if (*at == '}' && depth > 0) at++, depth--;
        else read_rule(), line_begins = at[-1] == '\n';
    }
    if (depth > 0) fail("the closing } of a start condition is missing", "");
    if (rule_count > 0 && rules[rule_count].shared) fail("no action follows the last |", "");
    if (*at != '\0') {
        take_line();
        epilogue = at;
        epilogue_line = line;
    }
}
