/* sha256.h: the SHA-256 digest (FIPS 180-4) of bytes that come piece by piece. */
#ifndef SHA256_H
#define SHA256_H
#include <stddef.h>

struct sha256 {
    unsigned int state[8];
    unsigned long long length; /* bytes so far */
    unsigned char block[64];   /* length % 64 of them wait here */
};

void sha256_start(struct sha256 *digest);
void sha256_add(struct sha256 *digest, const void *bytes, size_t size);
void sha256_finish(struct sha256 *digest, unsigned char *to); /* 32 bytes */

#endif
