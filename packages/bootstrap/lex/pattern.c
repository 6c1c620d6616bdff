/*
 * Patterns become nodes by Thompson's construction. A piece of a pattern is a run of nodes that follow each other,
 * with one way in and one way out, so that a copy of it is a copy of the run.
 */
#include <ctype.h>
#include <stddef.h>
#include <string.h>
#include "lex.h"

#define DEEPEST 100
#define MOST_TIMES 10000

struct piece {
    int first, last;   /* its nodes, the last excluded */
    int start, end;
    int length;        /* of all that it matches; -1 where that is not one */
};

struct node nodes[MOST_NODES];
static int node_count;
unsigned char sets[MOST_SETS][32];
int set_count;

static struct piece alternatives(int depth);

static int add_node(enum node_kind kind, int value, int next, int other) {
    struct node *node = &nodes[node_count];
    if (node_count == MOST_NODES) fail("the patterns are too large", "");
    node->kind = kind;
    node->value = value;
    node->next = next;
    node->other = other;
    return node_count++;
}

static struct piece piece_of(int first, int start, int end, int length) {
    struct piece piece;
    piece.first = first;
    piece.last = node_count;
    piece.start = start;
    piece.end = end;
    piece.length = length;
    return piece;
}

static struct piece nothing(void) {
    int end = add_node(EMPTY, 0, -1, -1);
    return piece_of(end, end, end, 0);
}

static void put(unsigned char *set, int byte) {
    set[byte >> 3] |= 1 << (byte & 7);
}

/* The piece that matches one byte of SET, in either case where case does not matter. */
static struct piece one_of(unsigned char *set) {
    int i, start, end;
    for (i = 0; i < set_count && memcmp(sets[i], set, 32) != 0; i++) continue;
    if (i == MOST_SETS) fail("too many sets of characters", "");
    if (i == set_count) memcpy(sets[set_count++], set, 32);
    end = add_node(EMPTY, 0, -1, -1);
    start = add_node(SET, i, end, -1);
    return piece_of(end, start, end, 1);
}

/* Case is folded before a set is turned round: [^a] is neither a nor A. */
static void fold(unsigned char *set) {
    int c;
    for (c = 'a'; ignore_case && c <= 'z'; c++)
        if (HAS(set, c) || HAS(set, toupper(c))) put(set, c), put(set, toupper(c));
}

static void negate(unsigned char *set) {
    int i;
    for (i = 0; i < 32; i++) set[i] = ~set[i];
}

static struct piece one_byte(int byte) {
    unsigned char set[32] = {0};
    put(set, byte);
    fold(set);
    return one_of(set);
}

static struct piece join(struct piece a, struct piece b) {
    nodes[a.end].next = b.start;
    return piece_of(a.first, a.start, b.end, a.length < 0 || b.length < 0 ? -1 : a.length + b.length);
}

static struct piece either(struct piece a, struct piece b) {
    int start = add_node(EMPTY, 0, a.start, b.start), end = add_node(EMPTY, 0, -1, -1);
    nodes[a.end].next = nodes[b.end].next = end;
    return piece_of(a.first, start, end, a.length == b.length ? a.length : -1);
}

/* A piece that may be left out, may come again, or both. */
static struct piece loop(struct piece a, int may_miss, int may_repeat) {
    int end = add_node(EMPTY, 0, -1, -1), start = add_node(EMPTY, 0, a.start, may_miss ? end : -1);
    nodes[a.end].next = end;
    if (may_repeat) nodes[a.end].other = a.start;
    return piece_of(a.first, start, end, -1);
}

/* The next of the copies of A, which lie one behind the other. */
static struct piece copy(struct piece a) {
    int i, size = a.last - a.first;
    for (i = a.first; i < a.last; i++)
        add_node(nodes[i].kind, nodes[i].value, nodes[i].next < 0 ? -1 : nodes[i].next + size,
                 nodes[i].other < 0 ? -1 : nodes[i].other + size);
    return piece_of(a.first + size, a.start + size, a.end + size, a.length);
}

static int octal_or_hexadecimal(int base, int most) {
    static const char digits[] = "0123456789abcdef";
    int value = 0;
    while (most-- > 0 && *at != '\0') {
        const char *digit = strchr(digits, tolower((unsigned char)*at));
        if (digit == NULL || digit - digits >= base) break;
        value = value * base + (int)(digit - digits);
        at++;
    }
    return value & 255;
}

/* What stands behind a backslash. */
static int escaped(void) {
    static const char names[] = "abfnrtv", bytes[] = "\a\b\f\n\r\t\v";
    const char *name;
    if (*at == '\0' || *at == '\n') fail("nothing stands behind \\", "");
    if (*at >= '0' && *at <= '7') return octal_or_hexadecimal(8, 3);
    if (*at == 'x' && isxdigit((unsigned char)at[1])) {
        at++;
        return octal_or_hexadecimal(16, 2);
    }
    name = strchr(names, *at);
    return name != NULL ? (at++, bytes[name - names]) : (unsigned char)*at++;
}

static int character(void) {
    return *at == '\\' ? (at++, escaped()) : (unsigned char)*at++;
}

static struct piece quoted(void) {
    struct piece all = nothing();
    while (*at != '"') {
        if (*at == '\0' || *at == '\n') fail("the closing \" is missing", "");
        all = join(all, one_byte(character()));
    }
    at++;
    return all;
}

/* [:NAME:] or [:^NAME:] into SET. */
static void named_class(unsigned char *set) {
    static const struct { const char *name; int (*has)(int); } classes[] = {
        {"alnum", isalnum}, {"alpha", isalpha}, {"blank", isblank}, {"cntrl", iscntrl},
        {"digit", isdigit}, {"graph", isgraph}, {"lower", islower}, {"print", isprint},
        {"punct", ispunct}, {"space", isspace}, {"upper", isupper}, {"xdigit", isxdigit}};
    int i, byte, negated = at[2] == '^';
    for (i = 0; i < 12; i++) {
        const char *name = at + 2 + negated;
        int length = strlen(classes[i].name);
        if (strncmp(name, classes[i].name, length) != 0 || strncmp(name + length, ":]", 2) != 0)
            continue;
        for (byte = 0; byte < 256; byte++)
            if (negated != (byte < 128 && classes[i].has(byte) != 0)) put(set, byte);
        at = name + length + 2;
        return;
    }
    fail("there is no such class of characters", "");
}

static void range(unsigned char *set) {
    int from = character(), to = from;
    if (at[0] == '-' && at[1] != ']' && at[1] != '\n' && at[1] != '\0') {
        at++;
        to = character();
    }
    if (to < from) fail("a range ends before it begins", "");
    for (; from <= to; from++) put(set, from);
}

/* Behind [. A ] that comes first stands for itself. */
static struct piece bracketed(void) {
    unsigned char set[32] = {0};
    int negated = *at == '^', first = 1;
    if (negated) at++;
    for (; *at != ']' || first; first = 0) {
        if (*at == '\0' || *at == '\n') fail("the closing ] is missing", "");
        if (at[0] == '[' && at[1] == ':') named_class(set);
        else range(set);
    }
    at++;
    fold(set);
    if (negated) negate(set);
    return one_of(set);
}

/* Behind {: the name of a definition, which is as if it stood here in parentheses. */
static struct piece defined(int depth) {
    const char *name = at, *text, *end = at;
    struct piece piece;
    while (isalnum((unsigned char)*end) || *end == '_' || *end == '-') end++;
    if (*end != '}') fail("a name and } should follow {", "");
    text = definition(name, end - name);
    if (text == NULL) fail("there is no definition of the name in {}", "");
    if (*text == '^') fail("a definition that begins with ^ is not understood", "");
    at = text;
    piece = alternatives(depth + 1);
    if (*at != '\0') fail("a definition has to be one pattern; it ends at ", at);
    at = end + 1;
    return piece;
}

static struct piece grouped(int depth) {
    struct piece piece = alternatives(depth + 1);
    if (*at != ')') fail("the closing ) is missing", "");
    at++;
    return piece;
}

static struct piece atom(int depth) {
    unsigned char newline[32] = {0};
    if (*at == '\\') return one_byte(character());
    if (*at == '\0' || strchr("*+?{}|)/ \t\n", *at) != NULL) {
        if (*at != '{') fail("a pattern is missing", "");
        at++;
        return defined(depth);
    }
    switch (*at++) {
    case '"': return quoted();
    case '[': return bracketed();
    case '(': return grouped(depth);
    case '.':
        put(newline, '\n');
        negate(newline);
        return one_of(newline);
    }
    return one_byte((unsigned char)at[-1]);
}

static int number(void) {
    int value = 0;
    if (!isdigit((unsigned char)*at)) fail("a number is missing in {}", "");
    for (; isdigit((unsigned char)*at); at++)
        if ((value = value * 10 + (*at - '0')) > MOST_TIMES) fail("too many repetitions", "");
    return value;
}

/* A as often as LEAST to MOST says, without an end where MOST is -1. The copies are made while A is as it was. */
static struct piece times(struct piece a, int least, int most) {
    int i, size = a.last - a.first, count = most > 0 ? most : least > 0 ? least : 1;
    struct piece all, next = a;
    for (i = 1; i < count; i++) next = copy(next);
    all = least == 0 ? loop(a, 1, most < 0) : most < 0 && count == 1 ? loop(a, 0, 1) : a;
    for (i = 1; i < count; i++) {
        next = a;
        next.start += i * size;
        next.end += i * size;
        if (i >= least || (most < 0 && i == count - 1)) next = loop(next, i >= least, most < 0);
        all = join(all, next);
    }
    return all;
}

static struct piece counted(struct piece a) {
    int least = number(), most = least;
    if (*at == ',') {
        at++;
        most = *at == '}' ? -1 : number();
    }
    if (*at != '}') fail("the closing } is missing", "");
    at++;
    if (most == 0 || (most > 0 && most < least)) fail("such a number of repetitions cannot be", "");
    return times(a, least, most);
}

static struct piece repeated(int depth) {
    struct piece piece = atom(depth);
    for (;;) {
        if (*at == '*') piece = loop(piece, 1, 1);
        else if (*at == '+') piece = loop(piece, 0, 1);
        else if (*at == '?') piece = loop(piece, 1, 0);
        else if (at[0] == '{' && isdigit((unsigned char)at[1])) {
            at++;
            piece = counted(piece);
            continue;
        } else return piece;
        at++;
    }
}

static int at_end(void) {
    return *at == '\0' || strchr("|)/ \t\r\n", *at) != NULL ||
           (*at == '$' && (at[1] == '\0' || strchr(" \t\r\n", at[1]) != NULL));
}

static struct piece sequence(int depth) {
    struct piece piece = repeated(depth);
    while (!at_end()) piece = join(piece, repeated(depth));
    return piece;
}

static struct piece alternatives(int depth) {
    struct piece piece;
    if (depth > DEEPEST) fail("a pattern or a definition is nested too deeply", "");
    piece = sequence(depth);
    while (*at == '|') {
        at++;
        piece = either(piece, sequence(depth));
    }
    return piece;
}

/* What has to follow a token. How much of it is the token's is known only where one of the two has one length. */
static struct piece trailing(struct piece head, struct rule *rule) {
    struct piece tail = *at++ == '$' ? one_byte('\n') : alternatives(0);
    rule->trail = head.length > 0 ? head.length : -tail.length;
    if (head.length <= 0 && tail.length <= 0) fail("both sides of / vary in length", "");
    return join(head, tail);
}

void read_pattern(struct rule *rule, int number) {
    struct piece piece;
    rule->anchored = *at == '^';
    if (rule->anchored) at++;
    piece = alternatives(0);
    if (*at == '/' || *at == '$') piece = trailing(piece, rule);
    if (*at != '\0' && strchr(" \t\r\n", *at) == NULL) fail("the pattern should end here: ", at);
    nodes[piece.end].next = add_node(ACCEPT, number, -1, -1);
    rule->start = piece.start;
}
