/* sys/types.h: the kernel's quantities, all 32 bits wide: files end at 2 GiB, time in 2038. */
#ifndef _SYS_TYPES_H
#define _SYS_TYPES_H
#include <stddef.h>
typedef int ssize_t;
typedef long off_t;
typedef int pid_t;
typedef unsigned int mode_t;
typedef unsigned int ino_t;
typedef unsigned int dev_t;
typedef long time_t;
#endif
