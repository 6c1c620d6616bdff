/* crc32.h: the check sum of gzip and xz: polynomial 0x04c11db7, bits from the lowest up. */
#ifndef CRC32_H
#define CRC32_H
#include <stddef.h>

/* The check sum of bytes that follow others whose check sum is `crc`; 0 when none came before. */
unsigned int crc32(unsigned int crc, const void *bytes, size_t size);

#endif
