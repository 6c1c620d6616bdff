/*
 * stream.h: the one input and the one output of a tool that turns one file into another.
 *
 * The output is written under the name with ".part" behind it and takes its own name only when all
 * of it is there and known to be right; if the tool fails before that, nothing is left.
 * "-" stands for standard input or output.
 */
#ifndef STREAM_H
#define STREAM_H
#include <stddef.h>

#define INPUT_SIZE 65536

struct input {
    const char *name;
    int fd;
    unsigned char *next; /* what has been read but not yet taken */
    unsigned char *end;
    unsigned char buffer[INPUT_SIZE];
};

extern struct input input;

void input_open(const char *name);

/* The next byte, or -1 at the end. */
int input_byte_or_end(void);

/* The next byte; the end is a failure: the input is truncated. */
int input_refill(void);
#define INPUT_BYTE() (input.next < input.end ? *input.next++ : input_refill())

void input_read(void *to, size_t size);
char *input_read_all(size_t *size);          /* at most 32 MiB; newly allocated, a NUL behind */
unsigned int input_little_endian(int bytes); /* 1 to 4 of them */

/* permissions: of a new file, less the umask; an existing one keeps its own. */
void output_open(const char *name, int permissions);
void output_write(const void *from, size_t size);

/* Writes all of a file to the output. */
void output_copy(const char *from);

/* Gives the output its name. */
void output_commit(void);

/* Reads the options --file and --output, which such a tool must have, and opens both. */
void stream_open(const char *tool, char **argv);

#endif
