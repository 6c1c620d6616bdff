/*
 * unbzip2: turns a bzip2 file of one or more streams into the bytes that were compressed.
 *
 *     unbzip2 --file FROM --output TO
 *
 * A block went through four stages, which are undone here from the last to the first: runs of four
 * and more bytes shortened; the Burrows-Wheeler transform, which brings equal bytes together;
 * move-to-front with runs of zeros shortened; Huffman codes, a choice of up to six that changes
 * every 50 symbols. Each block's and each stream's check sum is verified; what follows the last
 * stream is refused, and so are the "randomised" blocks that only versions before 0.9.5 (1999)
 * wrote.
 */
#include "shared/command.h"
#include "shared/stream.h"
#include <string.h>

#define LONGEST_CODE 20
#define FAST_BITS    10
#define SYMBOL_LIMIT 258 /* 256 bytes less one, two symbols for runs, one for the end */
#define GROUP_LIMIT  6
#define GROUP_SIZE   50
#define SELECTOR_LIMIT                                                                             \
    18002 /* enough for the largest block; more may be written but mean nothing */
#define BLOCK_UNIT 100000
#define POLYNOMIAL 0x04c11db7

/* --- Bits, from the highest of each byte down --- */

static unsigned int held_bits; /* the lowest held_count of them are still to be taken */
static int held_count;

/* Takes up to 24 bits. */
static unsigned int take_bits(int count) {
    while (held_count < count) {
        held_bits = held_bits << 8 | INPUT_BYTE();
        held_count += 8;
    }
    held_count -= count;
    return held_bits >> held_count & ((1u << count) - 1);
}

/* --- Output, shortened runs made long again --- */

static unsigned char written[32768];
static unsigned int written_count;
static unsigned int crc_table[256];
static unsigned int block_crc;

static void make_crc_table(void) {
    unsigned int byte, rest;
    int bit;
    for (byte = 0; byte < 256; byte++) {
        rest = byte << 24;
        for (bit = 0; bit < 8; bit++) rest = rest & 0x80000000 ? rest << 1 ^ POLYNOMIAL : rest << 1;
        crc_table[byte] = rest;
    }
}

static void flush_written(void) {
    const unsigned char *at = written, *end = written + written_count;
    unsigned int crc = block_crc;
    while (at < end) crc = crc << 8 ^ crc_table[crc >> 24 ^ *at++];
    block_crc = crc;
    output_write(written, written_count);
    written_count = 0;
}

static void put_bytes(int byte, int count) {
    while (count-- > 0) {
        written[written_count++] = byte;
        if (written_count == sizeof(written)) flush_written();
    }
}

/* --- Huffman codes --- */

struct code {
    int count[LONGEST_CODE + 1];         /* codes of each length */
    unsigned short symbol[SYMBOL_LIMIT]; /* symbols in the order of their codes */
    unsigned short
        fast[1 << FAST_BITS]; /* symbol * 32 + length for each start of input; 0: longer */
};

static struct code codes[GROUP_LIMIT];

static void make_code(struct code *code, const unsigned char *lengths, int symbols) {
    int next = 0, index = 0, length, symbol;
    memset(code, 0, sizeof(*code));
    for (length = 1; length <= LONGEST_CODE; length++) {
        for (symbol = 0; symbol < symbols; symbol++) {
            int width = length <= FAST_BITS ? 1 << (FAST_BITS - length) : 0, i;
            if (lengths[symbol] != length) continue;
            if (next >= 1 << length) fail("%s: too many codes", input.name);
            code->count[length]++;
            code->symbol[index++] = symbol;
            for (i = 0; i < width; i++) code->fast[next * width + i] = symbol << 5 | length;
            next++;
        }
        next <<= 1;
    }
}

static int take_symbol(const struct code *code) {
    int length, value, first = 0, index = 0;
    unsigned int entry;
    while (held_count < LONGEST_CODE) {
        held_bits = held_bits << 8 | INPUT_BYTE();
        held_count += 8;
    }
    entry = code->fast[held_bits >> (held_count - FAST_BITS) & ((1 << FAST_BITS) - 1)];
    if (entry != 0) {
        held_count -= entry & 31;
        return entry >> 5;
    }
    for (length = 1; length <= LONGEST_CODE; length++) {
        value = held_bits >> (held_count - length) & ((1 << length) - 1);
        if (value - first < code->count[length]) {
            held_count -= length;
            return code->symbol[index + value - first];
        }
        index += code->count[length];
        first = (first + code->count[length]) << 1;
    }
    fail("%s: a code that stands for nothing", input.name);
    return 0;
}

/* --- What a block says before its symbols --- */

static unsigned char used[256]; /* the byte values of the block, ascending */
static int used_count;
static unsigned char selectors[SELECTOR_LIMIT]; /* which code each group of symbols is written in */
static int selector_count;

/* Two levels of bits say which byte values occur: 16 ranges, then the values of each range that
 * does. */
static void read_used(void) {
    unsigned int ranges = take_bits(16);
    int range, value;
    used_count = 0;
    for (range = 0; range < 16; range++) {
        unsigned int values = ranges & (0x8000 >> range) ? take_bits(16) : 0;
        for (value = 0; value < 16; value++)
            if (values & (0x8000 >> value)) used[used_count++] = range * 16 + value;
    }
    if (used_count == 0) fail("%s: a block without bytes", input.name);
}

/* Moves the entry at index to the front and returns it. */
static int move_to_front(unsigned char *list, int index) {
    unsigned char entry = list[index];
    memmove(list + 1, list, index);
    list[0] = entry;
    return entry;
}

static void read_selectors(int groups) {
    unsigned char order[GROUP_LIMIT] = {0, 1, 2, 3, 4, 5};
    int i;
    selector_count = take_bits(15);
    if (selector_count == 0) fail("%s: a block without codes", input.name);
    for (i = 0; i < selector_count; i++) {
        int index = 0, group;
        while (take_bits(1))
            if (++index >= groups) fail("%s: unknown code", input.name);
        group = move_to_front(order, index);
        if (i < SELECTOR_LIMIT) selectors[i] = group;
    }
    if (selector_count > SELECTOR_LIMIT) selector_count = SELECTOR_LIMIT;
}

/* A code's lengths, each as its difference from the one before: 0 end, 10 one more, 11 one less. */
static void read_code(struct code *code, int symbols) {
    unsigned char lengths[SYMBOL_LIMIT];
    int length = take_bits(5), symbol;
    for (symbol = 0; symbol < symbols; symbol++) {
        for (;;) {
            if (length < 1 || length > LONGEST_CODE) fail("%s: code too long", input.name);
            if (!take_bits(1)) break;
            length += take_bits(1) ? -1 : 1;
        }
        lengths[symbol] = length;
    }
    make_code(code, lengths, symbols);
}

/* --- The symbols of a block --- */

/*
 * The block. After reading, the low 8 bits of entry i are byte i of the transformed block;
 * make_links puts above them where the byte that follows in the original block stands.
 */
static unsigned int *block;
static int block_limit;
static int block_count;
static int byte_count[256];

static void add_run(int byte, int length) {
    if (length > block_limit - block_count) fail("%s: block too large", input.name);
    byte_count[byte] += length;
    while (length-- > 0) block[block_count++] = byte;
}

/*
 * Symbols 0 and 1 are the digits 1 and 2 of a run's length, the lowest first (so every length has
 * one way of being written); the others are places in the move-to-front list, from the second on,
 * and the highest is the end. A run repeats the byte at the front.
 */
static void read_symbols(void) {
    int end = used_count + 1, position = 0, run = 0, run_digit = 1;
    const struct code *code = NULL;
    block_count = 0;
    memset(byte_count, 0, sizeof(byte_count));
    for (;; position++) {
        int symbol;
        if (position % GROUP_SIZE == 0) {
            if (position / GROUP_SIZE >= selector_count) fail("%s: no code left", input.name);
            code = &codes[selectors[position / GROUP_SIZE]];
        }
        symbol = take_symbol(code);
        if (symbol <= 1) {
            if (run_digit > BLOCK_UNIT * 9) fail("%s: run too long", input.name);
            run += run_digit << symbol;
            run_digit <<= 1;
            continue;
        }
        if (run > 0) add_run(used[0], run);
        run = 0;
        run_digit = 1;
        if (symbol == end) return;
        add_run(move_to_front(used, symbol - 1), 1);
    }
}

/*
 * Undoes the Burrows-Wheeler transform: the n-th occurrence of a byte in the transformed block
 * belongs with its n-th occurrence in the sorted block, and there the link to it is kept.
 */
static void make_links(void) {
    int start[256], sum = 0, i;
    for (i = 0; i < 256; i++) {
        start[i] = sum;
        sum += byte_count[i];
    }
    for (i = 0; i < block_count; i++) block[start[block[i] & 0xff]++] |= (unsigned int)i << 8;
}

/* Follows the links from the origin and makes the runs long: after four equal bytes comes a count. */
static void write_block(int origin) {
    unsigned int entry = block[origin];
    int repeats = 0, last = -1, i;
    for (i = 0; i < block_count; i++) {
        int byte;
        entry = block[entry >> 8];
        byte = entry & 0xff;
        if (repeats == 4) {
            put_bytes(last, byte);
            repeats = 0;
            last = -1;
            continue;
        }
        repeats = byte == last ? repeats + 1 : 1;
        last = byte;
        written[written_count++] = byte;
        if (written_count == sizeof(written)) flush_written();
    }
    flush_written();
}

/* A block, from behind its magic on. Returns its check sum. */
static unsigned int read_block(void) {
    unsigned int crc = take_bits(16) << 16;
    int origin, groups, i;
    crc |= take_bits(16);
    if (take_bits(1)) fail("%s: a randomised block, which this program does not read", input.name);
    origin = take_bits(24);
    read_used();
    groups = take_bits(3);
    if (groups < 2 || groups > GROUP_LIMIT) fail("%s: %d codes in a block", input.name, groups);
    read_selectors(groups);
    for (i = 0; i < groups; i++) read_code(&codes[i], used_count + 2);
    read_symbols();
    if (origin >= block_count) fail("%s: a block without origin", input.name);
    make_links();
    block_crc = 0xffffffff;
    write_block(origin);
    if (~block_crc != crc) fail("%s: a block's check sum is wrong", input.name);
    return crc;
}

/* A stream, from behind its first letter (B) on. Blocks start with pi's digits, the end with its
 * root's. */
static void read_stream(void) {
    unsigned int level, stream_crc = 0, crc;
    if (take_bits(16) != 0x5a68) fail("%s: not in bzip2 format", input.name);
    level = take_bits(8) - '0';
    if (level < 1 || level > 9) fail("%s: not in bzip2 format", input.name);
    block_limit = level * BLOCK_UNIT;
    for (;;) {
        unsigned int high = take_bits(24), low = take_bits(24);
        if (high == 0x177245 && low == 0x385090) break;
        if (high != 0x314159 || low != 0x265359) fail("%s: neither block nor end", input.name);
        stream_crc = (stream_crc << 1 | stream_crc >> 31) ^ read_block();
    }
    crc = take_bits(16) << 16;
    crc |= take_bits(16);
    if (crc != stream_crc) fail("%s: the stream's check sum is wrong", input.name);
    held_count &= ~7; /* the rest of the last byte */
}

/* The next byte behind a stream: bits are read ahead, so it may be among them. */
static int next_byte(void) { return held_count > 0 ? (int)take_bits(8) : input_byte_or_end(); }

int main(int argc, char **argv) {
    int byte;
    (void)argc;
    stream_open("unbzip2", argv);
    make_crc_table();
    block = allocate(9 * BLOCK_UNIT * sizeof(*block));
    byte = next_byte();
    if (byte != 'B') fail("%s: not in bzip2 format", input.name);
    for (; byte == 'B'; byte = next_byte()) read_stream();
    if (byte >= 0) fail("%s: garbage behind the last stream", input.name);
    output_commit();
    return 0;
}
