/* syscall.h: how the library talks to Linux on i386; not for programs. */
#ifndef SYSCALL_H
#define SYSCALL_H

/* The kernel's numbers (arch/x86/entry/syscalls/syscall_32.tbl in Linux). */
#define SYS_EXIT         1
#define SYS_FORK         2
#define SYS_READ         3
#define SYS_WRITE        4
#define SYS_OPEN         5
#define SYS_CLOSE        6
#define SYS_WAITPID      7
#define SYS_LINK         9
#define SYS_UNLINK       10
#define SYS_EXECVE       11
#define SYS_CHDIR        12
#define SYS_CHMOD        15
#define SYS_LSEEK        19
#define SYS_GETPID       20
#define SYS_ACCESS       33
#define SYS_KILL         37
#define SYS_RENAME       38
#define SYS_MKDIR        39
#define SYS_RMDIR        40
#define SYS_PIPE         42
#define SYS_BRK          45
#define SYS_IOCTL        54
#define SYS_UMASK        60
#define SYS_DUP2         63
#define SYS_GETTIMEOFDAY 78
#define SYS_SYMLINK      83
#define SYS_READLINK     85
#define SYS_FCHMOD       94
#define SYS_MPROTECT     125
#define SYS_GETCWD       183
#define SYS_STAT64       195
#define SYS_LSTAT64      196
#define SYS_FSTAT64      197
#define SYS_GETDENTS64   220
#define SYS_UTIMENSAT    320

/*
 * Calls the kernel. Returns its answer as it is: from -4095 to -1 it is an error number, negated.
 * cc2 knows it by itself.
 */
#ifndef __CC2__
int __syscall(int number, int a, int b, int c, int d, int e);
#endif

/* The answer as C programs want it: an error number goes to errno and becomes -1. */
int __checked(int answer);

#define __syscall0(number)          __checked(__syscall(number, 0, 0, 0, 0, 0))
#define __syscall1(number, a)       __checked(__syscall(number, (int)(a), 0, 0, 0, 0))
#define __syscall2(number, a, b)    __checked(__syscall(number, (int)(a), (int)(b), 0, 0, 0))
#define __syscall3(number, a, b, c) __checked(__syscall(number, (int)(a), (int)(b), (int)(c), 0, 0))

/* Writes out what the buffered files still hold; exit calls it. */
void __flush_all(void);

#endif
