/* assert.h: a claim about the program that stops it when it does not hold. */
#undef assert
#ifdef NDEBUG
#define assert(claim) ((void)0)
#else
#define assert(claim) ((claim) ? (void)0 : __assert_failed(#claim, __FILE__, __LINE__))
#endif
#ifndef _ASSERT_H
#define _ASSERT_H
void __assert_failed(const char *claim, const char *file, int line);
#endif
