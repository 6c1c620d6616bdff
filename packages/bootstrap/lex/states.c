/*
 * States, by the construction of subsets: each is a set of nodes that may be reached at once. They are numbered in
 * the order in which they are found, which depends on the rules alone.
 */
#include <stdlib.h>
#include <string.h>
#include "lex.h"

#define BUCKETS 4096
#define MOST_MEMBERS (1 << 24)

unsigned char class_of[256];
int class_count;
short *next_state[MOST_STATES];
short accepted[MOST_STATES];
short first_state[2 * MOST_CONDITIONS];
int state_count;

static int *members[MOST_STATES];
static int member_count[MOST_STATES];
static int all_members;              /* bounds the memory, and the time */
static int bucket[BUCKETS], following[MOST_STATES];
static int mark[MOST_NODES], current_mark;
static int found[MOST_NODES], found_count;  /* nodes of the set being collected that a state is about */
static int waiting[2 * MOST_NODES];

/* Splits the classes until no set holds a part of one only. */
static void make_classes(void) {
    int i, byte, with[256];
    class_count = 1;
    for (i = 0; i < set_count; i++) {
        int from, old = class_count;
        for (from = 0; from < old; from++) with[from] = -1;
        for (byte = 0; byte < 256; byte++) {
            from = class_of[byte];
            if (!HAS(sets[i], byte)) with[from] = with[from] == -1 ? -2 : with[from];
        }
        for (byte = 0; byte < 256; byte++) {
            from = class_of[byte];
            if (!HAS(sets[i], byte) || with[from] == -1) continue;
            if (with[from] == -2) with[from] = class_count++;
            class_of[byte] = with[from];
        }
    }
}

static void begin_collecting(void) {
    current_mark++;
    found_count = 0;
}

/* Adds NODE and all that is reached from it without a byte. */
static void collect(int node) {
    int count = 0;
    waiting[count++] = node;
    while (count > 0) {
        node = waiting[--count];
        if (node < 0 || mark[node] == current_mark) continue;
        mark[node] = current_mark;
        if (nodes[node].kind != EMPTY) {
            found[found_count++] = node;
            continue;
        }
        waiting[count++] = nodes[node].next;
        waiting[count++] = nodes[node].other;
    }
}

static int compare(const void *a, const void *b) {
    return *(const int *)a - *(const int *)b;
}

static unsigned hash_found(void) {
    unsigned hash = found_count;
    int i;
    for (i = 0; i < found_count; i++) hash = hash * 31 + found[i];
    return hash % BUCKETS;
}

/* The first of the rules that end here. */
static int best_rule(void) {
    int i, best = 0;
    for (i = 0; i < found_count; i++) {
        const struct node *node = &nodes[found[i]];
        if (node->kind == ACCEPT && (best == 0 || node->value < best)) best = node->value;
    }
    return best;
}

/* The state of the nodes that were collected, a new one where they never were before. */
static int state_of_found(void) {
    unsigned hash;
    int state, size = found_count * sizeof(*found);
    if (found_count == 0) return 0;
    qsort(found, found_count, sizeof(*found), compare);
    hash = hash_found();
    for (state = bucket[hash]; state != 0; state = following[state])
        if (member_count[state] == found_count && memcmp(members[state], found, size) == 0) return state;
    all_members += found_count;
    if (state_count == MOST_STATES || all_members > MOST_MEMBERS) fail("the patterns need too many states", "");
    state = state_count++;
    members[state] = memcpy(allocate(size), found, size);
    member_count[state] = found_count;
    accepted[state] = best_rule();
    following[state] = bucket[hash];
    bucket[hash] = state;
    return state;
}

static int step(int state, int byte) {
    int i;
    begin_collecting();
    for (i = 0; i < member_count[state]; i++) {
        const struct node *node = &nodes[members[state][i]];
        if (node->kind == SET && HAS(sets[node->value], byte)) collect(node->next);
    }
    return state_of_found();
}

static void make_first_state(int condition, int line_begins) {
    int i;
    begin_collecting();
    for (i = 1; i <= rule_count; i++)
        if (!rules[i].end_of_file && rules[i].on[condition] && (line_begins || !rules[i].anchored))
            collect(rules[i].start);
    first_state[2 * condition + line_begins] = state_of_found();
}

void make_states(void) {
    int i, state, byte;
    make_classes();
    state_count = 1;
    for (i = 0; i < 2 * condition_count; i++) make_first_state(i / 2, i % 2);
    for (state = 0; state < state_count; state++) {
        next_state[state] = allocate(class_count * sizeof(short));
        memset(next_state[state], -1, class_count * sizeof(short));
        for (byte = 0; byte < 256; byte++)
            if (next_state[state][class_of[byte]] < 0) next_state[state][class_of[byte]] = step(state, byte);
    }
}
