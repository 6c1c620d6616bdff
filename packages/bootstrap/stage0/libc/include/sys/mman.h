/* sys/mman.h: named by programs that run code they make; this library maps no memory. */
#ifndef _SYS_MMAN_H
#define _SYS_MMAN_H
#include <sys/types.h>
#define PROT_READ  1
#define PROT_WRITE 2
#define PROT_EXEC  4
int mprotect(void *start, size_t size, int protection);
#endif
