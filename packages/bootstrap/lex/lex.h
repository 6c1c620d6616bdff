/*
 * What the parts of lex share: the rules as read (rules.c), the patterns as a nondeterministic automaton
 * (pattern.c), and the deterministic one made of it (states.c), which write.c writes down.
 */

#define MOST_CONDITIONS 64
#define MOST_RULES 4096
#define MOST_NODES 65536
#define MOST_SETS 4096
#define MOST_STATES 16384

/* Where the text is being read. A definition is read in place: `at` goes into it, and comes back. */
extern const char *at;
extern int line;

/* Ends lex with FILE:LINE, of the line that is being read. */
void fail(const char *what, const char *which);

void *allocate(size_t size);

/* A part of the text. */
struct text {
    const char *start;
    int length;
    int line;
};

/* What a pattern, or <<EOF>>, does in some start conditions. */
struct rule {
    char on[MOST_CONDITIONS];
    int end_of_file;
    int anchored;      /* by ^ */
    int start;         /* node */
    int trail;         /* bytes that belong to the token, or less than 0: that do not; 0: all do */
    int shared;        /* has the action of the next rule */
    struct text action;
};

extern struct rule rules[MOST_RULES];   /* from 1 on, as 0 stands for no rule */
extern int rule_count;
extern struct text conditions[MOST_CONDITIONS];
extern int condition_count;
extern int ignore_case, no_default, no_wrap;
extern struct text declarations[MOST_RULES], prologue[MOST_RULES];
extern int declaration_count, prologue_count;
extern const char *epilogue;
extern int epilogue_line;

void read_rules(void);

/* The text of a definition that NAME (LENGTH bytes) has, or NULL. */
const char *definition(const char *name, int length);

enum node_kind { EMPTY, SET, ACCEPT };

/* EMPTY leads to `next` and `other` without a byte, SET to `next` with one byte of the set; -1 is nowhere. */
struct node {
    enum node_kind kind;
    int value;         /* of SET: the set; of ACCEPT: the rule */
    int next, other;
};

extern struct node nodes[MOST_NODES];
extern unsigned char sets[MOST_SETS][32];
extern int set_count;

#define HAS(set, byte) ((set)[(byte) >> 3] >> ((byte) & 7) & 1)

/* Reads the pattern at `at` into RULE: nodes that end in its ACCEPT. */
void read_pattern(struct rule *rule, int number);

extern unsigned char class_of[256];     /* bytes that no set tells apart are of one class */
extern int class_count;
extern short *next_state[MOST_STATES];  /* by class; state 0 is the end of all hope */
extern short accepted[MOST_STATES];     /* the first rule that matches here */
extern short first_state[2 * MOST_CONDITIONS]; /* of a condition, within a line and at its beginning */
extern int state_count;

void make_states(void);
void write_scanner(const char *input, const char *output);
