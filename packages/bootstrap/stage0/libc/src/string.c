/*
 * Bytes and strings. memcpy, memset and memmove go by words where they can: they are what the
 * compilers and decompressors built on this library spend their time in.
 */
#include <errno.h>
#include <string.h>

void *memchr(const void *bytes, int c, size_t size) {
    const unsigned char *at = bytes;
    for (; size > 0; size--, at++)
        if (*at == (unsigned char)c) return (void *)at;
    return NULL;
}

int memcmp(const void *a, const void *b, size_t size) {
    const unsigned char *x = a, *y = b;
    for (; size > 0; size--, x++, y++)
        if (*x != *y) return *x - *y;
    return 0;
}

void *memcpy(void *to, const void *from, size_t size) {
    char *target = to;
    const char *source = from;
    for (; size >= 4; size -= 4, target += 4, source += 4) *(int *)target = *(const int *)source;
    while (size-- > 0) *target++ = *source++;
    return to;
}

void *memmove(void *to, const void *from, size_t size) {
    char *target = (char *)to + size;
    const char *source = (const char *)from + size;
    if ((char *)to <= (const char *)from || (char *)to >= source) {
        /* Forward is safe; by words only where a word written does not hide one still to be read.
         */
        if ((size_t)((const char *)from - (char *)to) >= 4) return memcpy(to, from, size);
        target = to;
        for (source = from; size > 0; size--) *target++ = *source++;
        return to;
    }
    while (size-- > 0) *--target = *--source;
    return to;
}

void *memset(void *to, int c, size_t size) {
    char *target = to;
    int word = (unsigned char)c * 0x01010101;
    for (; size >= 4; size -= 4, target += 4) *(int *)target = word;
    while (size-- > 0) *target++ = c;
    return to;
}

size_t strlen(const char *text) {
    const char *end = text;
    while (*end != '\0') end++;
    return end - text;
}

int strcmp(const char *a, const char *b) {
    while (*a == *b && *a != '\0') a++, b++;
    return (unsigned char)*a - (unsigned char)*b;
}

int strncmp(const char *a, const char *b, size_t size) {
    for (; size > 0; size--, a++, b++)
        if (*a != *b || *a == '\0') return (unsigned char)*a - (unsigned char)*b;
    return 0;
}

char *strcpy(char *to, const char *from) {
    memcpy(to, from, strlen(from) + 1);
    return to;
}

char *strncpy(char *to, const char *from, size_t size) {
    char *target = to;
    for (; size > 0 && *from != '\0'; size--) *target++ = *from++;
    memset(target, 0, size);
    return to;
}

char *strcat(char *to, const char *from) {
    strcpy(to + strlen(to), from);
    return to;
}

char *strncat(char *to, const char *from, size_t size) {
    char *target = to + strlen(to);
    for (; size > 0 && *from != '\0'; size--) *target++ = *from++;
    *target = '\0';
    return to;
}

char *strchr(const char *text, int c) {
    for (; *text != (char)c; text++)
        if (*text == '\0') return NULL;
    return (char *)text;
}

char *strrchr(const char *text, int c) {
    const char *found = NULL;
    for (;; text++) {
        if (*text == (char)c) found = text;
        if (*text == '\0') return (char *)found;
    }
}

char *strstr(const char *text, const char *word) {
    size_t length = strlen(word);
    for (;; text++) {
        if (strncmp(text, word, length) == 0) return (char *)text;
        if (*text == '\0') return NULL;
    }
}

/* The length of the part of text, from its start, whose characters are (not) in the set. */
static size_t span(const char *text, const char *set, int inside) {
    size_t length = 0;
    while (text[length] != '\0' && (strchr(set, text[length]) != NULL) == inside) length++;
    return length;
}

size_t strspn(const char *text, const char *set) { return span(text, set, 1); }
size_t strcspn(const char *text, const char *stop) { return span(text, stop, 0); }

/* What errno's numbers mean, in the words that Unix uses. */
char *strerror(int number) {
    static const char *const names[] = {
        [0] = "Success",
        [EPERM] = "Operation not permitted",
        [ENOENT] = "No such file or directory",
        [EIO] = "Input/output error",
        [ENOEXEC] = "Exec format error",
        [EBADF] = "Bad file descriptor",
        [ENOMEM] = "Cannot allocate memory",
        [EACCES] = "Permission denied",
        [EEXIST] = "File exists",
        [ENOTDIR] = "Not a directory",
        [EISDIR] = "Is a directory",
        [EINVAL] = "Invalid argument",
        [ENOSPC] = "No space left on device",
        [ENAMETOOLONG] = "File name too long",
        [ENOTEMPTY] = "Directory not empty",
        [ELOOP] = "Too many levels of symbolic links",
    };
    int known = number >= 0 && number < (int)(sizeof(names) / sizeof(names[0]));
    return known && names[number] != NULL ? (char *)names[number] : "Unknown error";
}
