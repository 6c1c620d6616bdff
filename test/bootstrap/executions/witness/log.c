/* The log, and which files it has already: a file is what it was as long as its inode and times are. */
#include "witness.h"
#include "sha256.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static FILE *out;

void log_open(const char *path) {
    out = fopen(path, "we");
    if (out == NULL) give_up(path);
}

void log_sandbox(enum event event, int sandbox) {
    fprintf(out, "%s %d\n", event == BEGIN ? "begin" : "end", sandbox);
}

/* One that was logged; `sandbox` is 0 for FILE_SEEN. */
struct known {
    ino_t inode;
    off_t size;
    struct timespec changed, modified;
    int sandbox;
};

static struct known *table;
static size_t table_size, table_used;

static size_t place_of(const struct known *file) {
    unsigned long long mixed = (file->inode * 0x9E3779B97F4A7C15u) ^ (file->size * 0xC2B2AE3D27D4EB4Fu) ^
                               (file->changed.tv_nsec * 0x165667B19E3779F9u) ^ file->sandbox;
    return (mixed ^ mixed >> 29) & (table_size - 1);
}

static int is_same(const struct known *a, const struct known *b) {
    return a->inode == b->inode && a->size == b->size && a->sandbox == b->sandbox &&
           a->changed.tv_sec == b->changed.tv_sec && a->changed.tv_nsec == b->changed.tv_nsec &&
           a->modified.tv_sec == b->modified.tv_sec && a->modified.tv_nsec == b->modified.tv_nsec;
}

/* The place of a file in the table, or the free one where it belongs. No file has the inode 0. */
static struct known *find(const struct known *file) {
    size_t i = place_of(file);
    while (table[i].inode != 0 && !is_same(&table[i], file)) i = (i + 1) & (table_size - 1);
    return &table[i];
}

static void grow(void) {
    struct known *old = table;
    size_t old_size = table_size;
    table_size = old_size == 0 ? 1 << 16 : old_size * 2;
    table = calloc(table_size, sizeof *table);
    if (table == NULL) give_up("calloc");
    for (size_t i = 0; i < old_size; i++)
        if (old[i].inode != 0) *find(&old[i]) = old[i];
    free(old);
}

/* Whether the file is new to the table, in which it is from now on. */
static int is_new(const struct known *file) {
    if (table_used * 2 >= table_size) grow();
    struct known *place = find(file);
    if (place->inode != 0) return 0;
    *place = *file;
    table_used++;
    return 1;
}

static void print_digest(int file) {
    static unsigned char buffer[1 << 16];
    unsigned char bytes[32];
    struct sha256 digest;
    ssize_t size;
    sha256_start(&digest);
    while ((size = read(file, buffer, sizeof buffer)) > 0) sha256_add(&digest, buffer, size);
    if (size < 0) give_up("read");
    sha256_finish(&digest, bytes);
    for (int i = 0; i < 32; i++) fprintf(out, "%02x", bytes[i]);
}

/* A path on one line: controls show as ?, for a build may name its files as it likes. */
static void print_path(const char *path) {
    for (; *path != '\0'; path++) putc((unsigned char)*path < ' ' ? '?' : *path, out);
    putc('\n', out);
}

void log_file(enum event event, int sandbox, int file, const struct stat *facts, const char *shown) {
    int is_executed = event == EXECUTED;
    struct known known = {facts->st_ino, facts->st_size, facts->st_ctim, facts->st_mtim, is_executed ? sandbox : 0};
    if (!is_new(&known)) return;
    fprintf(out, "%s %d ", is_executed ? "executed" : "file", sandbox);
    print_digest(file);
    putc(' ', out);
    print_path(shown);
}
