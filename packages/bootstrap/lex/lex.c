/*
 * lex: writes a scanner in C by the rules of a file in flex's language, as far as flex's own scanner uses it.
 *
 *     lex INPUT OUTPUT
 *
 * What it does not understand it refuses, with the place. The scanner includes lex/names.h and lex/scanner.h, which
 * are what it does when it runs; in OUTPUT are its tables and its actions.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lex.h"

static const char *path;

void fail(const char *what, const char *which) {
    fprintf(stderr, "lex: %s:%d: %s%.*s\n", path, line, what, (int)strcspn(which, "\r\n"), which);
    exit(1);
}

void *allocate(size_t size) {
    void *memory = malloc(size);
    if (memory == NULL) fail("out of memory", "");
    return memory;
}

/* The file's bytes and a 0, which is where everything that reads them stops. */
static char *read_file(void) {
    size_t size = 0, capacity = 65536, count;
    char *text = allocate(capacity);
    FILE *file = fopen(path, "rb");
    if (file == NULL) fail("cannot be read", "");
    while ((count = fread(text + size, 1, capacity - size - 1, file)) > 0) {
        size += count;
        if (capacity - size == 1 && (text = realloc(text, capacity *= 2)) == NULL)
            fail("out of memory", "");
    }
    if (ferror(file)) fail("cannot be read", "");
    fclose(file);
    text[size] = '\0';
    if (strlen(text) != size) {
        for (at = text; *at != '\0'; at++) line += *at == '\n';
        fail("there is a byte 0 in it", "");
    }
    return text;
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fputs("usage: lex INPUT OUTPUT\n", stderr);
        return 2;
    }
    path = argv[1];
    line = 1;
    at = read_file();
    read_rules();
    make_states();
    write_scanner(argv[1], argv[2]);
    return 0;
}
