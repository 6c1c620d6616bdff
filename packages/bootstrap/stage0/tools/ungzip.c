/*
 * ungzip: turns a gzip file (RFC 1952) of one or more members into the bytes that were compressed.
 *
 *     ungzip --file FROM --output TO
 *
 * Each member's check sum and length are verified. Zeros may follow the last member, as on a tape;
 * anything else that is not a member is refused.
 */
#include "shared/command.h"
#include "shared/crc32.h"
#include "shared/stream.h"
#include <string.h>

#define WINDOW_SIZE    65536 /* a power of two, at least the 32768 that a copy reaches back */
#define LONGEST_CODE   15
#define FAST_BITS      9
#define LITERAL_CODES  288
#define DISTANCE_CODES 32
#define END_OF_BLOCK   256

/* gzip's flags. */
#define HAS_HEADER_CRC 2
#define HAS_EXTRA      4
#define HAS_NAME       8
#define HAS_COMMENT    16
#define RESERVED_FLAGS 0xe0

/* --- Bits, from the lowest of each byte up --- */

static unsigned int held_bits;
static int held_count;

/* Looks at the next bits (at most 24) without taking them. */
static unsigned int peek_bits(int count) {
    while (held_count < count) {
        held_bits |= (unsigned int)INPUT_BYTE() << held_count;
        held_count += 8;
    }
    return held_bits & ((1u << count) - 1);
}

static void drop_bits(int count) {
    held_bits >>= count;
    held_count -= count;
}

static unsigned int take_bits(int count) {
    unsigned int bits = peek_bits(count);
    drop_bits(count);
    return bits;
}

/* --- What was decompressed --- */

static unsigned char window[WINDOW_SIZE];
static unsigned int window_at;    /* where the next byte goes */
static unsigned int member_crc;   /* of what has left the window */
static unsigned int member_bytes; /* length of the member so far, as gzip counts: modulo 2^32 */
static int window_wrapped;        /* the member is longer than the window */

static void flush_window(void) {
    member_crc = crc32(member_crc, window, window_at);
    member_bytes += window_at;
    output_write(window, window_at);
    window_wrapped = 1;
    window_at = 0;
}

static void put_byte(int byte) {
    window[window_at++] = byte;
    if (window_at == WINDOW_SIZE) flush_window();
}

/* Repeats what was written `distance` bytes ago; the copy may overlap itself. */
static void put_copy(unsigned int distance, int length) {
    unsigned int from = window_at - distance;
    if (distance > window_at && !window_wrapped) fail("%s: copy from before the start", input.name);
    while (length-- > 0) put_byte(window[from++ & (WINDOW_SIZE - 1)]);
}

/* --- Huffman codes (RFC 1951, section 3.2.2) --- */

struct code {
    unsigned short count[LONGEST_CODE + 1]; /* codes of each length */
    unsigned short symbol[LITERAL_CODES];   /* symbols in the order of their codes */
    unsigned short
        fast[1 << FAST_BITS]; /* symbol * 16 + length for each start of input; 0: longer */
};

static unsigned int reverse_bits(unsigned int bits, int count) {
    unsigned int reversed = 0;
    while (count-- > 0) {
        reversed = reversed << 1 | (bits & 1);
        bits >>= 1;
    }
    return reversed;
}

/*
 * Makes the code whose symbols have the given lengths. It must use up all bit patterns, but for the
 * one code of a single bit, or of none, that a block with hardly any copies has.
 */
static void make_code(struct code *code, const unsigned char *lengths, int symbols) {
    unsigned short offset[LONGEST_CODE + 2], next[LONGEST_CODE + 2];
    int left = 1, length, symbol;
    memset(code, 0, sizeof(*code));
    for (symbol = 0; symbol < symbols; symbol++) code->count[lengths[symbol]]++;
    code->count[0] = 0;
    offset[1] = next[1] = 0;
    for (length = 1; length <= LONGEST_CODE; length++) {
        left = 2 * left - code->count[length];
        if (left < 0) fail("%s: too many codes", input.name);
        offset[length + 1] = offset[length] + code->count[length];
        next[length + 1] = (next[length] + code->count[length]) << 1;
    }
    if (left > 0 && (offset[LONGEST_CODE + 1] > 1 || offset[2] != offset[LONGEST_CODE + 1]))
        fail("%s: too few codes", input.name);
    for (symbol = 0; symbol < symbols; symbol++) {
        unsigned int bits;
        length = lengths[symbol];
        if (length == 0) continue;
        code->symbol[offset[length]++] = symbol;
        bits = reverse_bits(next[length]++, length);
        for (; length <= FAST_BITS && bits < 1 << FAST_BITS; bits += 1u << length)
            code->fast[bits] = symbol << 4 | length;
    }
}

/* A code that is longer than FAST_BITS, bit by bit: the codes of one length are consecutive
 * numbers. */
static int take_long_symbol(const struct code *code) {
    unsigned int bits = peek_bits(LONGEST_CODE);
    int length, value = 0, first = 0, index = 0;
    for (length = 1; length <= LONGEST_CODE; length++) {
        int count = code->count[length];
        value |= bits >> (length - 1) & 1;
        if (value - first < count) {
            drop_bits(length);
            return code->symbol[index + value - first];
        }
        index += count;
        first = (first + count) << 1;
        value <<= 1;
    }
    fail("%s: a code that stands for nothing", input.name);
    return 0;
}

static int take_symbol(const struct code *code) {
    unsigned int entry = code->fast[peek_bits(LONGEST_CODE) & ((1 << FAST_BITS) - 1)];
    if (entry == 0) return take_long_symbol(code);
    drop_bits(entry & 15);
    return entry >> 4;
}

/* --- Blocks (RFC 1951, sections 3.2.4 to 3.2.7) --- */

static struct code literal_code, distance_code;

/* The least length for each length symbol from 257, the bits that follow it; distances alike. */
static const unsigned short length_base[29] = {3,  4,  5,  6,   7,   8,   9,   10,  11, 13,
                                               15, 17, 19, 23,  27,  31,  35,  43,  51, 59,
                                               67, 83, 99, 115, 131, 163, 195, 227, 258};
static const unsigned char length_extra[29] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                               2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
static const unsigned short distance_base[30] = {
    1,   2,   3,   4,   5,   7,    9,    13,   17,   25,   33,   49,   65,    97,    129,
    193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};

static void inflate_coded(void) {
    for (;;) {
        int symbol = take_symbol(&literal_code);
        unsigned int length, distance;
        if (symbol < END_OF_BLOCK) {
            put_byte(symbol);
            continue;
        }
        if (symbol == END_OF_BLOCK) return;
        symbol -= END_OF_BLOCK + 1;
        if (symbol >= 29) fail("%s: unknown length", input.name);
        length = length_base[symbol] + take_bits(length_extra[symbol]);
        symbol = take_symbol(&distance_code);
        if (symbol >= 30) fail("%s: unknown distance", input.name);
        distance = distance_base[symbol] + take_bits(symbol < 4 ? 0 : symbol / 2 - 1);
        put_copy(distance, length);
    }
}

static void inflate_stored(void) {
    unsigned int length, inverse;
    drop_bits(held_count & 7);
    length = take_bits(16);
    inverse = take_bits(16);
    if ((length ^ inverse) != 0xffff) fail("%s: stored block of broken length", input.name);
    while (length-- > 0) put_byte(take_bits(8));
}

static void make_fixed_codes(void) {
    unsigned char lengths[LITERAL_CODES];
    memset(lengths, 8, 144);
    memset(lengths + 144, 9, 112);
    memset(lengths + 256, 7, 24);
    memset(lengths + 280, 8, 8);
    make_code(&literal_code, lengths, LITERAL_CODES);
    memset(lengths, 5, DISTANCE_CODES);
    make_code(&distance_code, lengths, DISTANCE_CODES);
}

/* Reads the lengths of both codes, which are themselves compressed: runs of repeats and zeros. */
static void read_lengths(const struct code *code, unsigned char *lengths, int total) {
    int at = 0;
    while (at < total) {
        int symbol = take_symbol(code);
        int value = 0, repeats = 1;
        if (symbol < 16) value = symbol;
        if (symbol == 16 && at == 0) fail("%s: nothing to repeat", input.name);
        if (symbol == 16) value = lengths[at - 1], repeats = 3 + take_bits(2);
        if (symbol == 17) repeats = 3 + take_bits(3);
        if (symbol == 18) repeats = 11 + take_bits(7);
        if (repeats > total - at) fail("%s: too many code lengths", input.name);
        while (repeats-- > 0) lengths[at++] = value;
    }
}

static void make_dynamic_codes(void) {
    static const char order[19] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                   11, 4,  12, 3, 13, 2, 14, 1, 15};
    unsigned char lengths[LITERAL_CODES + DISTANCE_CODES];
    int literals = 257 + take_bits(5);
    int distances = 1 + take_bits(5);
    int count = 4 + take_bits(4);
    int i;
    if (literals > 286 || distances > 30) fail("%s: too many symbols", input.name);
    memset(lengths, 0, 19);
    for (i = 0; i < count; i++) lengths[(int)order[i]] = take_bits(3);
    make_code(&literal_code, lengths, 19);
    read_lengths(&literal_code, lengths, literals + distances);
    if (lengths[END_OF_BLOCK] == 0) fail("%s: a block without end", input.name);
    make_code(&literal_code, lengths, literals);
    make_code(&distance_code, lengths + literals, distances);
}

static void inflate(void) {
    int last;
    do {
        last = take_bits(1);
        switch (take_bits(2)) {
        case 0: inflate_stored(); continue;
        case 1: make_fixed_codes(); break;
        case 2: make_dynamic_codes(); break;
        default: fail("%s: unknown kind of block", input.name);
        }
        inflate_coded();
    } while (!last);
    drop_bits(held_count & 7);
}

/* --- Members (RFC 1952, section 2.3) --- */

static unsigned int header_crc;

static unsigned int header_byte(void) {
    unsigned char byte = INPUT_BYTE();
    header_crc = crc32(header_crc, &byte, 1);
    return byte;
}

/* The rest of a header, from the byte after the magic's first (31) on. */
static void read_header(void) {
    static const unsigned char magic = 31;
    unsigned int flags, length, i;
    header_crc = crc32(0, &magic, 1);
    if (header_byte() != 139 || header_byte() != 8) fail("%s: not in gzip format", input.name);
    flags = header_byte();
    if (flags & RESERVED_FLAGS) fail("%s: unknown flags in a header", input.name);
    for (i = 0; i < 6; i++) header_byte(); /* time, hint at the level, operating system */
    if (flags & HAS_EXTRA) {
        length = header_byte();
        length |= header_byte() << 8;
        while (length-- > 0) header_byte();
    }
    if (flags & HAS_NAME)
        while (header_byte() != 0) continue;
    if (flags & HAS_COMMENT)
        while (header_byte() != 0) continue;
    length = header_crc & 0xffff;
    if ((flags & HAS_HEADER_CRC) && input_little_endian(2) != length)
        fail("%s: a header's check sum is wrong", input.name);
}

static void read_member(void) {
    unsigned int low, crc, bytes;
    read_header();
    member_crc = member_bytes = 0;
    window_at = window_wrapped = 0;
    inflate();
    flush_window();
    low = take_bits(16); /* some of these bytes may already be held as bits */
    crc = low | take_bits(16) << 16;
    low = take_bits(16);
    bytes = low | take_bits(16) << 16;
    if (crc != member_crc) fail("%s: the check sum is wrong", input.name);
    if (bytes != member_bytes) fail("%s: the length is wrong", input.name);
}

int main(int argc, char **argv) {
    int byte;
    (void)argc;
    stream_open("ungzip", argv);
    if (input_byte_or_end() != 31) fail("%s: not in gzip format", input.name);
    do read_member();
    while ((byte = input_byte_or_end()) == 31);
    for (; byte >= 0; byte = input_byte_or_end())
        if (byte != 0) fail("%s: garbage behind the last member", input.name);
    output_commit();
    return 0;
}
