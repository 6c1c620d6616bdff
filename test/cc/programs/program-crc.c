/* CRC-32, bit by bit and by a table. */
#include "show.h"

static unsigned table[256];
static void make(void)
{
    unsigned i, c;
    int k;
    for (i = 0; i < 256; i++) {
        for (c = i, k = 0; k < 8; k++) c = c & 1 ? 0xEDB88320 ^ c >> 1 : c >> 1;
        table[i] = c;
    }
}
static unsigned crc(const char *s)
{
    unsigned c = ~0u;
    while (*s) c = table[(c ^ (unsigned char)*s++) & 255] ^ c >> 8;
    return ~c;
}
int main(void)
{
    make();
    show("%x %x\n", crc("123456789"), crc("The quick brown fox jumps over the lazy dog"));
    return 0;
}
