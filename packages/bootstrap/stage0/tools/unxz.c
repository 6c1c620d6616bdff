/*
 * unxz: turns an xz file (The .xz File Format, version 1.2.0) of one or more streams into the bytes
 * that were compressed.
 *
 *     unxz --file FROM --output TO
 *
 * Every check the format has is verified: CRC32 of headers, index and footer; CRC32, CRC64 or
 * SHA-256 of each block; sizes in block headers; the index against the blocks. The only filter is
 * LZMA2, with a dictionary of up to 64 MiB (xz -9); others, and check types that the format only
 * reserves, are refused.
 */
#include "shared/command.h"
#include "shared/crc32.h"
#include "shared/lzma2.h"
#include "shared/sha256.h"
#include "shared/stream.h"
#include <string.h>

#define DICTIONARY_LIMIT    0x4000000
#define HEADER_LIMIT        1024
#define FILTER_LZMA2        0x21
#define HAS_COMPRESSED_SIZE 0x40
#define HAS_PLAIN_SIZE      0x80

enum { CHECK_NONE = 0, CHECK_CRC32 = 1, CHECK_CRC64 = 4, CHECK_SHA256 = 10 };

typedef unsigned long long number; /* of up to 63 bits, written 7 bits a byte, the lowest first */

/* --- Checks --- */

#define CRC64_POLYNOMIAL 0xc96c5795d7870f42ULL /* ECMA-182, bits from the lowest up */

static unsigned long long crc64_table[256];
static unsigned long long check_crc64; /* complemented while bytes come in */
static unsigned int check_crc32;
static struct sha256 check_sha256;

static int check_type;    /* of this stream */
static number plain_size; /* of this block, so far */

static void make_crc64_table(void) {
    int byte, bit;
    for (byte = 0; byte < 256; byte++) {
        unsigned long long rest = byte;
        for (bit = 0; bit < 8; bit++) rest = rest & 1 ? rest >> 1 ^ CRC64_POLYNOMIAL : rest >> 1;
        crc64_table[byte] = rest;
    }
}

static void add_crc64(const unsigned char *at, unsigned int size) {
    const unsigned char *end = at + size;
    unsigned long long crc = check_crc64;
    while (at < end) crc = crc64_table[((unsigned int)crc ^ *at++) & 0xff] ^ crc >> 8;
    check_crc64 = crc;
}

static void start_check(void) {
    plain_size = 0;
    check_crc32 = 0;
    check_crc64 = ~0ULL;
    sha256_start(&check_sha256);
}

/* Receives what a block holds. */
static void put_plain(const unsigned char *bytes, unsigned int size) {
    plain_size += size;
    if (check_type == CHECK_CRC32) check_crc32 = crc32(check_crc32, bytes, size);
    if (check_type == CHECK_CRC64) add_crc64(bytes, size);
    if (check_type == CHECK_SHA256) sha256_add(&check_sha256, bytes, size);
    output_write(bytes, size);
}

/* Compares what a block held with the check behind it. Returns the check's size. */
static int verify_check(void) {
    unsigned char expected[32], found[32];
    int good = 1;
    switch (check_type) {
    case CHECK_NONE: return 0;
    case CHECK_CRC32: good = input_little_endian(4) == check_crc32; break;
    case CHECK_CRC64:
        input_read(found, 8);
        check_crc64 = ~check_crc64;
        good = memcmp(found, &check_crc64, 8) == 0;
        break;
    case CHECK_SHA256:
        input_read(expected, 32);
        sha256_finish(&check_sha256, found);
        good = memcmp(expected, found, 32) == 0;
    }
    if (!good) fail("%s: a block's check is wrong", input.name);
    return check_type == CHECK_CRC32 ? 4 : check_type == CHECK_CRC64 ? 8 : 32;
}

/* --- Numbers --- */

/* Adds one byte to a number; shift counts from 0. Returns whether more bytes follow. */
static int add_number_byte(number *to, int *shift, int byte) {
    *to |= (number)(byte & 0x7f) << *shift;
    if (byte == 0 && *shift > 0) fail("%s: a number with needless zeros", input.name);
    *shift += 7;
    if (!(byte & 0x80)) return 0;
    if (*shift == 63) fail("%s: a number is too large", input.name);
    return 1;
}

/* --- Blocks --- */

/* A digest over the sizes of the blocks that were read, to compare with the one over the index. */
static struct sha256 block_sizes;
static number block_count;

static unsigned char header[HEADER_LIMIT];
static int header_size;
static int header_at;

static int header_byte(void) {
    if (header_at >= header_size - 4) fail("%s: a block header is too short", input.name);
    return header[header_at++];
}

static number header_number(void) {
    number value = 0;
    int shift = 0;
    while (add_number_byte(&value, &shift, header_byte())) continue;
    return value;
}

/* Reads the filters, of which there must be one, LZMA2. Returns its dictionary's size. */
static unsigned int read_filters(int flags) {
    int bits;
    unsigned int size;
    if ((flags & 3) != 0) fail("%s: more than one filter, only LZMA2 is known", input.name);
    if (header_number() != FILTER_LZMA2) fail("%s: a filter other than LZMA2", input.name);
    if (header_number() != 1) fail("%s: unknown filter properties", input.name);
    bits = header_byte();
    if (bits > 40) fail("%s: unknown dictionary size", input.name);
    size = bits > 30 ? DICTIONARY_LIMIT + 1 : (2u | (bits & 1)) << (bits / 2 + 11);
    if (size > DICTIONARY_LIMIT) fail("%s: needs a dictionary of more than 64 MiB", input.name);
    return size;
}

/* Reads `size` bytes of zeros. */
static void read_padding(int size) {
    while (size-- > 0)
        if (INPUT_BYTE() != 0) fail("%s: padding that is not zero", input.name);
}

static void add_sizes(struct sha256 *to, number unpadded, number plain) {
    sha256_add(to, &unpadded, sizeof(unpadded));
    sha256_add(to, &plain, sizeof(plain));
}

/* A block, from behind the byte that tells its header's size. */
static void read_block(int size_byte) {
    number expected_packed = 0, expected_plain = 0, packed;
    unsigned int dictionary;
    int flags;
    header_size = (size_byte + 1) * 4;
    header[0] = size_byte;
    input_read(header + 1, header_size - 5);
    if (input_little_endian(4) != crc32(0, header, header_size - 4))
        fail("%s: a block header's check sum is wrong", input.name);
    header_at = 1;
    flags = header_byte();
    if (flags & 0x3c) fail("%s: unknown flags in a block header", input.name);
    if (flags & HAS_COMPRESSED_SIZE) expected_packed = header_number();
    if (flags & HAS_PLAIN_SIZE) expected_plain = header_number();
    dictionary = read_filters(flags);
    while (header_at < header_size - 4)
        if (header_byte() != 0) fail("%s: unknown fields in a block header", input.name);
    start_check();
    packed = lzma2_decode(dictionary, put_plain);
    if ((flags & HAS_COMPRESSED_SIZE) && packed != expected_packed)
        fail("%s: a block's compressed size is wrong", input.name);
    if ((flags & HAS_PLAIN_SIZE) && plain_size != expected_plain)
        fail("%s: a block's size is wrong", input.name);
    read_padding(-(int)packed & 3);
    packed += header_size + verify_check();
    add_sizes(&block_sizes, packed, plain_size);
    block_count++;
}

/* --- Streams --- */

static unsigned int index_crc;
static number index_size; /* bytes of the index so far */

static int index_byte(void) {
    unsigned char byte = INPUT_BYTE();
    index_crc = crc32(index_crc, &byte, 1);
    index_size++;
    return byte;
}

static number index_number(void) {
    number value = 0;
    int shift = 0;
    while (add_number_byte(&value, &shift, index_byte())) continue;
    return value;
}

/* The index, from behind its first byte, which is 0: the sizes of all blocks. */
static void read_index(void) {
    static const unsigned char indicator = 0;
    struct sha256 index_sizes;
    unsigned char of_blocks[32], of_index[32];
    number i;
    index_crc = crc32(0, &indicator, 1);
    index_size = 1;
    if (index_number() != block_count) fail("%s: the index counts other blocks", input.name);
    sha256_start(&index_sizes);
    for (i = 0; i < block_count; i++) {
        number unpadded = index_number();
        add_sizes(&index_sizes, unpadded, index_number());
    }
    sha256_finish(&block_sizes, of_blocks);
    sha256_finish(&index_sizes, of_index);
    if (memcmp(of_blocks, of_index, 32) != 0) fail("%s: the index has other sizes", input.name);
    while ((index_size & 3) != 0)
        if (index_byte() != 0) fail("%s: padding that is not zero", input.name);
    if (input_little_endian(4) != index_crc) fail("%s: the index's check sum is wrong", input.name);
}

/* The footer: the index's size in words less one, and the header's flags again. */
static void read_footer(const unsigned char *flags) {
    unsigned int crc = input_little_endian(4), words;
    unsigned char footer[8];
    input_read(footer, 8);
    if (crc != crc32(0, footer, 6)) fail("%s: the footer's check sum is wrong", input.name);
    words = footer[0] | footer[1] << 8 | footer[2] << 16 | (unsigned int)footer[3] << 24;
    if (words != index_size / 4) fail("%s: the index's size is wrong", input.name);
    if (memcmp(footer + 4, flags, 2) != 0 || footer[6] != 'Y' || footer[7] != 'Z')
        fail("%s: the footer is wrong", input.name);
}

/* A stream, from behind the first byte of its magic. */
static void read_stream(void) {
    unsigned char start[7]; /* the rest of the magic, then the flags */
    int size_byte;
    input_read(start, 7);
    if (memcmp(start, "7zXZ\0", 5) != 0) fail("%s: not in xz format", input.name);
    if (input_little_endian(4) != crc32(0, start + 5, 2))
        fail("%s: the header's check sum is wrong", input.name);
    check_type = start[6];
    if (start[5] != 0 || (check_type != CHECK_NONE && check_type != CHECK_CRC32 &&
                          check_type != CHECK_CRC64 && check_type != CHECK_SHA256))
        fail("%s: unknown flags", input.name);
    block_count = 0;
    sha256_start(&block_sizes);
    while ((size_byte = INPUT_BYTE()) != 0) read_block(size_byte);
    read_index();
    read_footer(start + 5);
}

/* Reads the zeros behind a stream, four at a time. Returns the byte behind them, or -1 at the end. */
static int skip_padding(void) {
    int byte, count = 0;
    while ((byte = input_byte_or_end()) == 0) count++;
    if (count % 4 != 0) fail("%s: padding of a broken size", input.name);
    return byte;
}

int main(int argc, char **argv) {
    int byte;
    (void)argc;
    stream_open("unxz", argv);
    make_crc64_table();
    byte = input_byte_or_end();
    do {
        if (byte != 0xfd) fail("%s: not in xz format", input.name);
        read_stream();
        byte = skip_padding();
    } while (byte >= 0);
    output_commit();
    return 0;
}
