/*
 * LZMA2: chunks of LZMA or of plain bytes.
 *
 * LZMA writes a sequence of literals (single bytes) and copies from what came before, as yes-or-no
 * decisions. How likely each is, given what came just before it, is learnt on the way, and a range
 * coder spends on each decision no more than it is worth: a fraction of a bit where the outcome was
 * expected.
 *
 * Every read outside of the chunk, every copy from before the start and every chunk that ends other
 * than exactly is a failure, so no input can make this read or write where it should not.
 */
#include "lzma2.h"
#include "command.h"
#include "stream.h"
#include <stdlib.h>

/* --- The dictionary: what was decompressed last, in a ring --- */

static unsigned char *ring;
static unsigned int ring_size;
static unsigned int ring_at;     /* where the next byte goes */
static unsigned int ring_sent;   /* what lies before this was handed on already */
static unsigned int ring_filled; /* how far back a copy may reach */
static void (*put_bytes)(const unsigned char *bytes, unsigned int size);

static void send_ring(void) {
    put_bytes(ring + ring_sent, ring_at - ring_sent);
    if (ring_at == ring_size) ring_at = 0;
    ring_sent = ring_at;
}

static void put_byte(int byte) {
    ring[ring_at++] = byte;
    if (ring_filled < ring_size) ring_filled++;
    if (ring_at == ring_size) send_ring();
}

/* Repeats what was put distance + 1 bytes ago; the copy may overlap itself. */
static void put_copy(unsigned int distance, unsigned int length) {
    unsigned int from = ring_at + (distance < ring_at ? 0 : ring_size) - distance - 1;
    if (distance >= ring_filled) fail("%s: copy from before the start", input.name);
    ring_filled = ring_size - ring_filled > length ? ring_filled + length : ring_size;
    while (length-- > 0) {
        ring[ring_at++] = ring[from++];
        if (from == ring_size) from = 0;
        if (ring_at == ring_size) send_ring();
    }
}

/* The byte that was put `distance` bytes ago; 1 is the last one. */
static int byte_before(unsigned int distance) {
    return ring[distance <= ring_at ? ring_at - distance : ring_at + ring_size - distance];
}

/* --- The range decoder --- */

/*
 * A probability is the chance, of 2048, that a decision is 0. The decoder keeps an interval:
 * `range` is its size and `code` the place in it that the input points at. A decision cuts it in
 * two.
 */
typedef unsigned short probability;

#define EVEN_CHANCE    1024
#define LEARNING_SHIFT 5
#define TOP            0x1000000

static unsigned int range;
static unsigned int code;
static unsigned int chunk_left; /* compressed bytes of the chunk still to be read */

static unsigned int chunk_byte(void) {
    if (chunk_left-- == 0) fail("%s: a chunk's compressed data is too short", input.name);
    return INPUT_BYTE();
}

static void start_range_decoder(void) {
    int i;
    if (chunk_byte() != 0) fail("%s: a chunk starts wrong", input.name);
    range = 0xffffffff;
    for (i = 0; i < 4; i++) code = code << 8 | chunk_byte();
}

static int decide(probability *chance) {
    unsigned int bound;
    if (range < TOP) {
        range <<= 8;
        code = code << 8 | chunk_byte();
    }
    bound = (range >> 11) * *chance;
    if (code < bound) {
        range = bound;
        *chance += (2048 - *chance) >> LEARNING_SHIFT;
        return 0;
    }
    range -= bound;
    code -= bound;
    *chance -= *chance >> LEARNING_SHIFT;
    return 1;
}

/* A number of so many bits, the highest first; each bit's chance hangs on the bits before it. */
static unsigned int decide_number(probability *chances, int bits) {
    unsigned int node = 1;
    int i;
    for (i = 0; i < bits; i++) node = node << 1 | decide(&chances[node]);
    return node - (1u << bits);
}

/* The same, the lowest bit first. */
static unsigned int decide_reversed(probability *chances, int bits) {
    unsigned int node = 1, value = 0;
    int i;
    for (i = 0; i < bits; i++) {
        int bit = decide(&chances[node]);
        node = node << 1 | bit;
        value |= (unsigned int)bit << i;
    }
    return value;
}

/* Bits whose chances are even. */
static unsigned int decide_evenly(int bits) {
    unsigned int value = 0;
    while (bits-- > 0) {
        if (range < TOP) {
            range <<= 8;
            code = code << 8 | chunk_byte();
        }
        range >>= 1;
        value <<= 1;
        if (code >= range) {
            code -= range;
            value |= 1;
        }
    }
    return value;
}

/* --- What LZMA has learnt --- */

#define STATES           12 /* what the last few steps were: below 7, the last was a literal */
#define POSITIONS        16
#define LEAST_COPY       2
#define FIRST_CODED_SLOT 4
#define FIRST_EVEN_SLOT  14

/* Lengths: 8 short ones and 8 middle ones for each place, 256 long ones. */
struct lengths {
    probability beyond_short, beyond_middle;
    probability short_ones[POSITIONS][8], middle_ones[POSITIONS][8];
    probability long_ones[256];
};

/* All chances, so that they can be set to even as one array. */
static struct {
    probability is_copy[STATES][POSITIONS];
    probability is_repeat[STATES];     /* with one of the last four distances */
    probability is_not_last[STATES];   /* not with the last of these */
    probability is_not_second[STATES]; /* nor with the one before */
    probability is_not_third[STATES];
    probability is_long_repeat[STATES][POSITIONS]; /* more than a single byte */
    probability slot[4][64];                       /* a distance's order of magnitude, by length */
    probability special[115];                      /* its lower bits, where they are few */
    probability align[16];                         /* its lowest four, where they are many */
    struct lengths copy_lengths, repeat_lengths;
    probability literal[16][0x300];
} chances;

static unsigned int state;
static unsigned int distances[4]; /* the last four, the latest first; 0 is one byte back */
static int literal_context_bits, literal_position_bits, position_bits;
static unsigned int position; /* bytes since the last reset: what "place" means */

static void reset_chances(void) {
    probability *chance = (probability *)&chances;
    probability *end = (probability *)(&chances + 1);
    while (chance < end) *chance++ = EVEN_CHANCE;
    state = 0;
    distances[0] = distances[1] = distances[2] = distances[3] = 0;
}

/* --- The steps of LZMA --- */

/*
 * A literal's chances hang on the high bits of the byte before it and the low bits of its place.
 * After a copy, they also hang on the byte with which the copy would have gone on, for as long as
 * bits agree.
 */
static void decode_literal(void) {
    unsigned int before = ring_filled > 0 ? byte_before(1) : 0;
    unsigned int low = position & ((1u << literal_position_bits) - 1);
    unsigned int context = (low << literal_context_bits) + (before >> (8 - literal_context_bits));
    probability *literal = chances.literal[context];
    unsigned int symbol = 1;
    if (state >= 7) {
        unsigned int expected = byte_before(distances[0] + 1), same = 0x100;
        while (symbol < 0x100) {
            unsigned int match = (expected <<= 1) & same;
            unsigned int bit = decide(&literal[same + match + symbol]);
            symbol = symbol << 1 | bit;
            same &= bit ? match : ~match;
        }
    }
    while (symbol < 0x100) symbol = symbol << 1 | decide(&literal[symbol]);
    put_byte(symbol & 0xff);
    position++;
    state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
}

static unsigned int decode_length(struct lengths *lengths, unsigned int place) {
    if (!decide(&lengths->beyond_short)) return decide_number(lengths->short_ones[place], 3);
    if (!decide(&lengths->beyond_middle)) return 8 + decide_number(lengths->middle_ones[place], 3);
    return 16 + decide_number(lengths->long_ones, 8);
}

/* The slot tells the two highest bits of a distance and how many follow. */
static unsigned int decode_distance(unsigned int length) {
    unsigned int slot = decide_number(chances.slot[length < 4 ? length : 3], 6);
    unsigned int distance, bits;
    if (slot < FIRST_CODED_SLOT) return slot;
    bits = (slot >> 1) - 1;
    distance = (2 | (slot & 1)) << bits;
    if (slot < FIRST_EVEN_SLOT)
        return distance + decide_reversed(chances.special + distance - slot, bits);
    distance += decide_evenly(bits - 4) << 4;
    return distance + decide_reversed(chances.align, 4);
}

/* Brings an older one of the last four distances to their front. */
static void choose_older_distance(void) {
    unsigned int chosen;
    int index = 1;
    if (decide(&chances.is_not_second[state])) index = 2 + decide(&chances.is_not_third[state]);
    chosen = distances[index];
    for (; index > 0; index--) distances[index] = distances[index - 1];
    distances[0] = chosen;
}

/* How long the copy is that comes now; its distance is distances[0] then. */
static unsigned int decode_copy(unsigned int place) {
    unsigned int length;
    if (!decide(&chances.is_repeat[state])) {
        distances[3] = distances[2];
        distances[2] = distances[1];
        distances[1] = distances[0];
        length = decode_length(&chances.copy_lengths, place);
        distances[0] = decode_distance(length);
        state = state < 7 ? 7 : 10;
        return length + LEAST_COPY;
    }
    if (!decide(&chances.is_not_last[state])) {
        if (!decide(&chances.is_long_repeat[state][place])) {
            state = state < 7 ? 9 : 11;
            return 1;
        }
    } else {
        choose_older_distance();
    }
    length = decode_length(&chances.repeat_lengths, place);
    state = state < 7 ? 8 : 11;
    return length + LEAST_COPY;
}

/* --- Chunks --- */

static void read_properties(int byte) {
    if (byte >= 9 * 5 * 5) fail("%s: unknown LZMA properties", input.name);
    literal_context_bits = byte % 9;
    literal_position_bits = byte / 9 % 5;
    position_bits = byte / 45;
    if (literal_context_bits + literal_position_bits > 4)
        fail("%s: LZMA properties that LZMA2 does not allow", input.name);
}

/* A chunk of LZMA: must make exactly `size` bytes of exactly chunk_left bytes. */
static void decode_chunk(unsigned int size) {
    unsigned int end = position + size;
    start_range_decoder();
    while (position != end) {
        unsigned int place = position & ((1u << position_bits) - 1);
        unsigned int length;
        if (!decide(&chances.is_copy[state][place])) {
            decode_literal();
            continue;
        }
        length = decode_copy(place);
        if (length > end - position) fail("%s: a copy leaves its chunk", input.name);
        put_copy(distances[0], length);
        position += length;
    }
    if (range < TOP) code = code << 8 | chunk_byte();
    if (code != 0 || chunk_left != 0) fail("%s: a chunk ends wrong", input.name);
}

static void copy_chunk(unsigned int size) {
    position += size;
    while (size-- > 0) put_byte(INPUT_BYTE());
}

static void start_ring(unsigned int size) {
    static unsigned int allocated;
    if (size > allocated) {
        free(ring);
        ring = allocate(size);
        allocated = size;
    }
    ring_size = size;
    ring_at = ring_sent = ring_filled = 0;
}

static unsigned int big_endian_16(void) {
    unsigned int high = INPUT_BYTE();
    return high << 8 | INPUT_BYTE();
}

/*
 * The control byte: 0 the end; 1 and 2 plain bytes, 1 with an empty dictionary; from 0x80 LZMA,
 * whose bits 5 and 6 say what starts anew: 0 nothing, 1 the chances, 2 the properties too, 3 also
 * the dictionary.
 */
unsigned long long lzma2_decode(unsigned int dictionary_size,
                                void (*put)(const unsigned char *bytes, unsigned int size)) {
    unsigned long long taken = 0;
    int needs_dictionary = 1, needs_properties = 1, needs_chances = 1;
    put_bytes = put;
    start_ring(dictionary_size);
    for (;;) {
        int control = INPUT_BYTE();
        int reset = control >> 5 & 3;
        unsigned int size;
        taken++;
        if (control == 0) return taken;
        if (control > 2 && control < 0x80) fail("%s: unknown kind of chunk", input.name);
        if (control == 1 || control >= 0xe0) {
            ring_filled = position = needs_dictionary = 0;
            needs_properties = 1;
        }
        if (needs_dictionary) fail("%s: a chunk before the dictionary is set up", input.name);
        size = big_endian_16() + 1;
        if (control < 0x80) {
            copy_chunk(size);
            taken += 2 + size;
        } else {
            size += (unsigned int)(control & 0x1f) << 16;
            chunk_left = big_endian_16() + 1;
            taken += 4 + chunk_left + (reset >= 2);
            if (reset >= 2) read_properties(INPUT_BYTE());
            if (reset >= 2) needs_properties = 0;
            if (reset >= 1) needs_chances = 0, reset_chances();
            if (needs_properties || needs_chances) fail("%s: a chunk without set-up", input.name);
            decode_chunk(size);
        }
        send_ring();
    }
}
