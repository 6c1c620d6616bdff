/*
 * sha256sum: prints the SHA-256 digest of each file, or checks digests that were printed.
 *
 *     sha256sum [-o FILE] FILE…        a line for each: digest, two blanks, name
 *     sha256sum -c LIST…               status 1 unless every file is there and has its digest
 *
 * "-" is standard input. A list may also carry a * before the name, and empty lines and lines that
 * start with # are passed over; any other line that is not a digest and a name is a failure.
 */
#include "shared/command.h"
#include "shared/sha256.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define HEX_LENGTH 64

/* Puts the digest of a file as hex into `to`. Returns 0 where it cannot be read; errno tells why. */
static int digest_file(const char *path, char *to) {
    static unsigned char buffer[65536];
    unsigned char digest[32];
    struct sha256 state;
    int i, size, fd = strcmp(path, "-") == 0 ? 0 : open(path, O_RDONLY);
    if (fd < 0) return 0;
    sha256_start(&state);
    while ((size = read(fd, buffer, sizeof(buffer))) > 0) sha256_add(&state, buffer, size);
    if (fd != 0) close(fd);
    if (size < 0) return 0;
    sha256_finish(&state, digest);
    for (i = 0; i < 32; i++) sprintf(to + 2 * i, "%02x", digest[i]);
    return 1;
}

/* Whether a line is a digest, two separators and a name. */
static int is_entry(const char *line) {
    return strspn(line, "0123456789abcdef") == HEX_LENGTH && line[HEX_LENGTH] == ' ' &&
           (line[HEX_LENGTH + 1] == ' ' || line[HEX_LENGTH + 1] == '*') &&
           line[HEX_LENGTH + 2] != '\0';
}

/* Checks one line of a list, without its newline. Returns whether it holds. */
static int check_entry(const char *list, const char *line) {
    const char *path = line + HEX_LENGTH + 2;
    char hex[HEX_LENGTH + 1];
    if (!is_entry(line)) fail("%s: not a digest and a name: %s", list, line);
    if (!digest_file(path, hex)) {
        fprintf(stderr, "sha256sum: cannot read %s: %s\n", path, strerror(errno));
        return 0;
    }
    if (strncmp(hex, line, HEX_LENGTH) == 0) {
        printf("%s: OK\n", path);
        return 1;
    }
    printf("%s: FAILED\n", path);
    fprintf(stderr, "sha256sum: %s: expected %.64s, found %s\n", path, line, hex);
    return 0;
}

static int check_list(const char *path) {
    char line[5000];
    int good = 1, entries = 0;
    FILE *list = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");
    if (list == NULL) fail_to("open", path);
    while (fgets(line, sizeof(line), list) != NULL) {
        size_t length = strcspn(line, "\n");
        if (line[length] == '\0' && length + 1 == sizeof(line)) fail("%s: line too long", path);
        line[length] = '\0';
        if (line[0] == '\0' || line[0] == '#') continue;
        entries++;
        if (!check_entry(path, line)) good = 0;
    }
    if (ferror(list)) fail("cannot read %s", path);
    if (entries == 0) fail("%s: no digest in it", path);
    return good;
}

static void print_digest(const char *path, FILE *to) {
    char hex[HEX_LENGTH + 1];
    if (!digest_file(path, hex)) fail_to("read", path);
    fprintf(to, "%s  %s\n", hex, path);
}

int main(int argc, char **argv) {
    int i, files = 0, check = 0, good = 1;
    char *value;
    FILE *to = stdout;
    command_start("sha256sum");
    for (i = 1; i < argc; i++) {
        if (is_option(argv[i], "-c", "--check")) {
            check = 1;
        } else if ((value = option_value(argv, &i, "-o", "--output")) != NULL) {
            to = fopen(value, "w");
            if (to == NULL) fail_to("create", value);
        } else {
            refuse_option(argv[i]);
            argv[files++] = argv[i];
        }
    }
    if (files == 0) fail("usage: sha256sum [-c] [-o FILE] FILE...");
    for (i = 0; i < files; i++) {
        if (check) good &= check_list(argv[i]);
        else print_digest(argv[i], to);
    }
    if (fflush(to) < 0) fail("cannot write");
    return !good;
}
