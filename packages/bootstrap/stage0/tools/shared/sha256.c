/* SHA-256 (FIPS 180-4, section 6.2). */
#include "sha256.h"
#include <string.h>

/* The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
static const unsigned int cube_roots[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/* The same of the square roots of the first eight. */
static const unsigned int square_roots[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                             0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

#define ROTATE(x, n) ((x) >> (n) | (x) << (32 - (n)))

/* The message schedule: 16 words of the block, big-endian, and 48 made from them. */
static void expand(unsigned int *word, const unsigned char *block) {
    int i;
    for (i = 0; i < 16; i++, block += 4)
        word[i] = (unsigned int)block[0] << 24 | block[1] << 16 | block[2] << 8 | block[3];
    for (; i < 64; i++) {
        unsigned int a = word[i - 15], b = word[i - 2];
        a = ROTATE(a, 7) ^ ROTATE(a, 18) ^ a >> 3;
        b = ROTATE(b, 17) ^ ROTATE(b, 19) ^ b >> 10;
        word[i] = word[i - 16] + a + word[i - 7] + b;
    }
}

static void compress(unsigned int *state, const unsigned char *block) {
    unsigned int word[64];
    unsigned int a = state[0], b = state[1], c = state[2], d = state[3];
    unsigned int e = state[4], f = state[5], g = state[6], h = state[7];
    int i;
    expand(word, block);
    for (i = 0; i < 64; i++) {
        unsigned int t1 = h + (ROTATE(e, 6) ^ ROTATE(e, 11) ^ ROTATE(e, 25)) +
                          ((e & f) ^ (~e & g)) + cube_roots[i] + word[i];
        unsigned int t2 =
            (ROTATE(a, 2) ^ ROTATE(a, 13) ^ ROTATE(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g, g = f, f = e, e = d + t1;
        d = c, c = b, b = a, a = t1 + t2;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
    state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

void sha256_start(struct sha256 *digest) {
    memcpy(digest->state, square_roots, sizeof(square_roots));
    digest->length = 0;
}

void sha256_add(struct sha256 *digest, const void *bytes, size_t size) {
    const unsigned char *from = bytes;
    size_t waiting = (size_t)digest->length & 63;
    digest->length += size;
    while (waiting + size >= 64) {
        size_t taken = 64 - waiting;
        memcpy(digest->block + waiting, from, taken);
        compress(digest->state, digest->block);
        from += taken;
        size -= taken;
        waiting = 0;
    }
    memcpy(digest->block + waiting, from, size);
}

/* Padding: a bit 1, zeros to 8 bytes before a block's end, the length in bits, big-endian. */
void sha256_finish(struct sha256 *digest, unsigned char *to) {
    static const unsigned char padding[64] = {0x80};
    unsigned long long bits = digest->length * 8;
    unsigned char length[8];
    int i;
    for (i = 0; i < 8; i++) length[i] = (unsigned char)(bits >> (56 - 8 * i));
    sha256_add(digest, padding, 1 + ((55 - (size_t)digest->length) & 63));
    sha256_add(digest, length, 8);
    for (i = 0; i < 32; i++) to[i] = digest->state[i / 4] >> (24 - i % 4 * 8);
}
