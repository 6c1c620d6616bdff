/* The remainder of a polynomial division, eight bits at a time by a table. */
#include "crc32.h"

#define REVERSED_POLYNOMIAL 0xedb88320

static unsigned int table[256]; /* what dividing each byte leaves; made at the first call */

static void make_table(void) {
    unsigned int byte, rest;
    int bit;
    for (byte = 0; byte < 256; byte++) {
        rest = byte;
        for (bit = 0; bit < 8; bit++) rest = rest & 1 ? rest >> 1 ^ REVERSED_POLYNOMIAL : rest >> 1;
        table[byte] = rest;
    }
}

unsigned int crc32(unsigned int crc, const void *bytes, size_t size) {
    const unsigned char *at = bytes;
    const unsigned char *end = at + size;
    if (table[1] == 0) make_table();
    crc = ~crc;
    while (at < end) crc = table[(crc ^ *at++) & 0xff] ^ crc >> 8;
    return ~crc;
}
