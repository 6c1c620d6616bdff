/* Opening, closing and moving about in files. */
#include "file.h"
#include "syscall.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static unsigned char in_buffer[BUFSIZ];
static unsigned char out_buffer[BUFSIZ];
static unsigned char error_buffer[BUFSIZ];
static struct __file error_file = {2, FILE_WRITES | FILE_UNBUFFERED, 0, 0, NULL, error_buffer};
static struct __file out_file = {1, FILE_WRITES | FILE_UNASKED, 0, 0, &error_file, out_buffer};
static struct __file in_file = {0, FILE_READS, 0, 0, &out_file, in_buffer};
static struct __file *open_files = &in_file;

FILE *stdin = &in_file;
FILE *stdout = &out_file;
FILE *stderr = &error_file;

/* The flags of open for a mode ("r", "w", "a", each with "+" and "b" as wanted), or -1. */
static int open_flags(const char *mode) {
    int both = strchr(mode, '+') != NULL;
    switch (mode[0]) {
    case 'r': return both ? O_RDWR : O_RDONLY;
    case 'w': return (both ? O_RDWR : O_WRONLY) | O_CREAT | O_TRUNC;
    case 'a': return (both ? O_RDWR : O_WRONLY) | O_CREAT | O_APPEND;
    }
    errno = EINVAL;
    return -1;
}

FILE *fdopen(int fd, const char *mode) {
    FILE *file;
    int flags = open_flags(mode);
    if (flags < 0) return NULL;
    file = malloc(sizeof(FILE) + BUFSIZ);
    if (file == NULL) return NULL;
    file->fd = fd;
    file->flags = FILE_READS | FILE_WRITES;
    if ((flags & 3) == O_RDONLY) file->flags = FILE_READS;
    if ((flags & 3) == O_WRONLY) file->flags = FILE_WRITES;
    file->position = file->end = 0;
    file->buffer = (unsigned char *)(file + 1);
    file->next = open_files;
    open_files = file;
    return file;
}

FILE *fopen(const char *path, const char *mode) {
    FILE *file;
    int fd, flags = open_flags(mode);
    if (flags < 0) return NULL;
    fd = open(path, flags, 0666);
    if (fd < 0) return NULL;
    file = fdopen(fd, mode);
    if (file == NULL) close(fd);
    return file;
}

/* Writes out what is buffered, or gives back to the kernel what was read ahead. */
static int settle(FILE *file) {
    int at = 0;
    if (file->end > 0) {
        int ahead = file->end - file->position;
        file->position = file->end = 0;
        if (ahead > 0) lseek(file->fd, -ahead, SEEK_CUR);
        return 0;
    }
    while (at < file->position) {
        int written = write(file->fd, file->buffer + at, file->position - at);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) {
            file->flags |= FILE_FAILED;
            file->position = 0;
            return EOF;
        }
        at += written;
    }
    file->position = 0;
    return 0;
}

int fflush(FILE *file) {
    if (file != NULL) return settle(file);
    __flush_all();
    return 0;
}

void __flush_all(void) {
    FILE *file;
    for (file = open_files; file != NULL; file = file->next) settle(file);
}

int fclose(FILE *file) {
    FILE **link = &open_files;
    int result = settle(file);
    if (close(file->fd) < 0) result = EOF;
    while (*link != file) link = &(*link)->next;
    *link = file->next;
    if (file->buffer == (unsigned char *)(file + 1)) free(file);
    return result;
}

int fseek(FILE *file, long offset, int whence) {
    if (settle(file) < 0 || lseek(file->fd, offset, whence) < 0) return -1;
    file->flags &= ~FILE_ENDED;
    return 0;
}

long ftell(FILE *file) {
    long at = lseek(file->fd, 0, SEEK_CUR);
    if (at < 0) return -1;
    return file->end > 0 ? at - (file->end - file->position) : at + file->position;
}

int feof(FILE *file) { return (file->flags & FILE_ENDED) != 0; }
int ferror(FILE *file) { return (file->flags & FILE_FAILED) != 0; }
