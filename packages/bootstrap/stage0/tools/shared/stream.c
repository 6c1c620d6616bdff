/* The one input and the one output of a tool that turns one file into another. */
#include "stream.h"
#include "command.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is read as a whole, to be split into lines that take memory each. */
#define LARGEST_WHOLE (32 << 20)

struct input input;

static const char *output_name;
static char *part_name; /* NULL while there is no file of this name */
static int output_fd;

void input_open(const char *name) {
    input.name = name;
    input.fd = strcmp(name, "-") == 0 ? 0 : open(name, O_RDONLY);
    if (input.fd < 0) fail_to("open", name);
    input.next = input.end = input.buffer;
}

int input_byte_or_end(void) {
    int size;
    if (input.next < input.end) return *input.next++;
    do size = read(input.fd, input.buffer, INPUT_SIZE);
    while (size < 0 && errno == EINTR);
    if (size < 0) fail_to("read", input.name);
    input.next = input.buffer;
    input.end = input.buffer + size;
    return size == 0 ? -1 : *input.next++;
}

int input_refill(void) {
    int byte = input_byte_or_end();
    if (byte < 0) fail("%s: unexpected end of file", input.name);
    return byte;
}

void input_read(void *to, size_t size) {
    unsigned char *target = to;
    while (size > 0) {
        size_t chunk = input.end - input.next;
        if (chunk == 0) {
            *target++ = input_refill();
            size--;
            continue;
        }
        if (chunk > size) chunk = size;
        memcpy(target, input.next, chunk);
        input.next += chunk;
        target += chunk;
        size -= chunk;
    }
}

char *input_read_all(size_t *size) {
    size_t room = INPUT_SIZE;
    char *bytes = allocate(room);
    *size = 0;
    while (input_byte_or_end() >= 0) {
        size_t chunk = input.end - --input.next;
        if (*size + chunk > LARGEST_WHOLE) fail("%s: larger than 32 MiB", input.name);
        if (room <= *size + chunk) bytes = reallocate(bytes, room *= 2);
        memcpy(bytes + *size, input.next, chunk);
        *size += chunk;
        input.next = input.end;
    }
    bytes[*size] = '\0';
    return bytes;
}

unsigned int input_little_endian(int bytes) {
    unsigned int value = 0;
    int shift;
    for (shift = 0; shift < 8 * bytes; shift += 8) value |= (unsigned int)INPUT_BYTE() << shift;
    return value;
}

static void discard_output(void) {
    if (part_name != NULL) unlink(part_name);
}

void output_open(const char *name, int permissions) {
    char *part;
    output_name = name;
    output_fd = 1;
    if (strcmp(name, "-") == 0) return;
    part = allocate(strlen(name) + 6);
    sprintf(part, "%s.part", name);
    output_fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, permissions);
    if (output_fd < 0) fail_to("create", part);
    part_name = part;
    command_on_failure(discard_output);
}

void output_write(const void *from, size_t size) {
    const char *at = from;
    while (size > 0) {
        int written = write(output_fd, at, size);
        if (written < 0 && errno != EINTR) fail_to("write", output_name);
        if (written < 0) continue;
        at += written;
        size -= written;
    }
}

void output_copy(const char *from) {
    input_open(from);
    while (input_byte_or_end() >= 0) {
        input.next--;
        output_write(input.next, input.end - input.next);
        input.next = input.end;
    }
    if (input.fd != 0) close(input.fd);
}

void output_commit(void) {
    struct stat old;
    if (part_name == NULL) return;
    if (stat(output_name, &old) == 0) fchmod(output_fd, old.st_mode & 07777);
    if (close(output_fd) < 0) fail_to("write", output_name);
    if (rename(part_name, output_name) < 0) fail_to("create", output_name);
    part_name = NULL;
}

void stream_open(const char *tool, char **argv) {
    const char *from = NULL, *to = NULL;
    int i;
    command_start(tool);
    for (i = 1; argv[i] != NULL; i++) {
        char *value;
        if ((value = option_value(argv, &i, "-f", "--file")) != NULL) from = value;
        else if ((value = option_value(argv, &i, "-o", "--output")) != NULL) to = value;
        else fail("unknown argument %s (usage: %s --file FROM --output TO)", argv[i], tool);
    }
    if (from == NULL || to == NULL) fail("usage: %s --file FROM --output TO", tool);
    input_open(from);
    output_open(to, 0666);
}
