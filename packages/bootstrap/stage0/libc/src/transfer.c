/* Bytes and lines into and out of files. */
#include "file.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

/* Makes the buffer hold at least one byte to read. Returns 0 at the end, and on failure. */
static int fill(FILE *file) {
    int size;
    if (file->position < file->end) return 1;
    if (!(file->flags & FILE_READS)) {
        errno = EBADF;
        file->flags |= FILE_FAILED;
        return 0;
    }
    if (file->end == 0 && file->position > 0) fflush(file);
    if (file == stdin) fflush(stdout); /* a question should be seen before the answer is read */
    do size = read(file->fd, file->buffer, BUFSIZ);
    while (size < 0 && errno == EINTR);
    file->position = 0;
    file->end = size > 0 ? size : 0;
    if (size < 0) file->flags |= FILE_FAILED;
    if (size == 0) file->flags |= FILE_ENDED;
    return size > 0;
}

size_t fread(void *to, size_t size, size_t count, FILE *file) {
    size_t wanted = size * count;
    size_t done = 0;
    while (done < wanted && fill(file)) {
        size_t chunk = file->end - file->position;
        if (chunk > wanted - done) chunk = wanted - done;
        memcpy((char *)to + done, file->buffer + file->position, chunk);
        file->position += chunk;
        done += chunk;
    }
    return size == 0 ? 0 : done / size;
}

int fgetc(FILE *file) {
    if (file->position >= file->end && !fill(file)) return EOF;
    return file->buffer[file->position++];
}

int getc(FILE *file) { return fgetc(file); }

/* Puts back the character that was read last, or another in its place. */
int ungetc(int c, FILE *file) {
    if (c == EOF || file->end == 0 || file->position == 0) return EOF;
    file->buffer[--file->position] = c;
    file->flags &= ~FILE_ENDED;
    return (unsigned char)c;
}

char *fgets(char *line, int size, FILE *file) {
    int length = 0;
    int c = 0;
    while (length + 1 < size && c != '\n' && (c = fgetc(file)) != EOF) line[length++] = c;
    line[length] = '\0';
    return length == 0 ? NULL : line;
}

/* Turns the file to writing, where it may be written to at all. */
static int prepare_to_write(FILE *file) {
    if (!(file->flags & FILE_WRITES)) {
        errno = EBADF;
        file->flags |= FILE_FAILED;
        return EOF;
    }
    if (file->flags & FILE_UNASKED) {
        file->flags &= ~FILE_UNASKED;
        if (isatty(file->fd)) file->flags |= FILE_LINES;
    }
    return file->end > 0 ? fflush(file) : 0;
}

/* Appends to the buffer, writing it out whenever it is full. */
static int append(FILE *file, const char *from, size_t size) {
    while (size > 0) {
        size_t room = BUFSIZ - file->position;
        if (room > size) room = size;
        memcpy(file->buffer + file->position, from, room);
        file->position += room;
        from += room;
        size -= room;
        if (file->position == BUFSIZ && fflush(file) < 0) return EOF;
    }
    return 0;
}

size_t fwrite(const void *from, size_t size, size_t count, FILE *file) {
    size_t total = size * count;
    if (total == 0 || prepare_to_write(file) < 0 || append(file, from, total) < 0) return 0;
    if ((file->flags & FILE_LINES) && memchr(from, '\n', total) != NULL && fflush(file) < 0)
        return 0;
    if ((file->flags & FILE_UNBUFFERED) && fflush(file) < 0) return 0;
    return count;
}

int fputc(int c, FILE *file) {
    char byte = c;
    if (file->flags == FILE_WRITES && file->end == 0 && file->position < BUFSIZ - 1) {
        file->buffer[file->position++] = c;
        return (unsigned char)c;
    }
    return fwrite(&byte, 1, 1, file) == 1 ? (unsigned char)c : EOF;
}

int putc(int c, FILE *file) { return fputc(c, file); }
int putchar(int c) { return fputc(c, stdout); }

int fputs(const char *text, FILE *file) {
    size_t length = strlen(text);
    return fwrite(text, 1, length, file) == length ? 0 : EOF;
}

int puts(const char *text) { return fputs(text, stdout) < 0 ? EOF : putchar('\n'); }
