/* lzma2.h: the compressed data inside an xz block. */
#ifndef LZMA2_H
#define LZMA2_H

/*
 * Decompresses LZMA2 chunks from the input up to their end mark and hands the bytes to `put`, a
 * window at a time. dictionary_size: how far back copies may reach; memory of that size is used.
 * Fails on data that is not LZMA2. Returns how many bytes of the input it took.
 */
unsigned long long lzma2_decode(unsigned int dictionary_size,
                                void (*put)(const unsigned char *bytes, unsigned int size));

#endif
