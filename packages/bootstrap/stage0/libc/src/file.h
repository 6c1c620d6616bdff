/* file.h: what a FILE is inside; not for programs. */
#ifndef FILE_H
#define FILE_H
#include <stdio.h>

#define FILE_READS      1
#define FILE_WRITES     2
#define FILE_ENDED      4  /* a read found the end */
#define FILE_FAILED     8  /* a call failed */
#define FILE_LINES      16 /* written out after each line */
#define FILE_UNBUFFERED 32 /* written out after each call */
#define FILE_UNASKED    64 /* by lines if it is a terminal, which nobody has asked yet */

/*
 * Reading: buffer[position … end) came from the kernel and waits for the program.
 * Writing: buffer[0 … position) came from the program and waits for the kernel, and end is 0.
 */
struct __file {
    int fd;
    int flags;
    int position;
    int end;
    struct __file *next; /* in the list of all open files */
    unsigned char *buffer;
};

#endif
