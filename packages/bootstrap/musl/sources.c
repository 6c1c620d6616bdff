/*
 * sources: writes the kaem script that compiles musl, by the rules of musl's Makefile.
 *
 *     sources SCRIPT ARCHIVE COMPILER FLAG…
 *
 * It is run in musl's own folder. Each FOLDER/NAME.c, or FOLDER/i386/NAME.[csS] in its place, becomes the
 * object obj/FOLDER-NAME.o, and all of them the archive. The order is that of their names, never the file
 * system's.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_SOURCES 4096

struct source {
    char *path;
    char *object;
};

static struct source sources[MOST_SOURCES];
static int source_count;

static void fail(const char *what, const char *which) {
    fprintf(stderr, "sources: %s%s\n", what, which);
    exit(1);
}

static char *join(const char *a, const char *b, const char *c) {
    char *to = malloc(strlen(a) + strlen(b) + strlen(c) + 1);
    if (to == NULL) fail("out of memory", "");
    return strcat(strcat(strcpy(to, a), b), c);
}

/* Where ".c", ".s" or ".S" starts; NULL for what is no source. */
static char *extension(const char *name) {
    char *dot = strrchr(name, '.');
    return dot != NULL && strchr("csS", dot[1]) != NULL && dot[1] != '\0' && dot[2] == '\0' ? dot : NULL;
}

/* src/string and memcpy.c give obj/src-string-memcpy.o. */
static char *object_name(const char *folder, const char *name) {
    char *to = join("obj/", join(folder, "-", name), ".o");
    char *at;
    strcpy(strrchr(to, '.') - 2, ".o");
    for (at = to + strlen("obj/"); *at != '\0'; at++)
        if (*at == '/') *at = '-';
    return to;
}

/* A later source of the same object takes the place of the earlier one. */
static void add_source(char *path, char *object) {
    int i;
    for (i = 0; i < source_count && strcmp(sources[i].object, object) != 0; i++) continue;
    if (i == MOST_SOURCES) fail("too many sources", "");
    if (i == source_count) source_count++;
    sources[i].path = path;
    sources[i].object = object;
}

/* The sources that lie in FOLDER + BELOW itself, as objects of FOLDER. */
static void add_folder(const char *folder, const char *below) {
    char *path = join(folder, below, "/");
    DIR *open = opendir(path);
    struct dirent *entry;
    if (open == NULL) return;
    while ((entry = readdir(open)) != NULL)
        if (extension(entry->d_name) != NULL)
            add_source(join(path, entry->d_name, ""), object_name(folder, entry->d_name));
    closedir(open);
}

/* What is special for the machine comes second, and replaces the general. */
static void add_module(const char *folder) {
    add_folder(folder, "");
    add_folder(folder, "/i386");
}

static int compare(const void *a, const void *b) {
    return strcmp(((const struct source *)a)->object, ((const struct source *)b)->object);
}

static void find_sources(void) {
    struct dirent *entry;
    DIR *open = opendir("src");
    if (open == NULL) fail("cannot read ", "src");
    while ((entry = readdir(open)) != NULL)
        if (entry->d_name[0] != '.') add_module(join("src/", entry->d_name, ""));
    closedir(open);
    add_module("src/malloc/mallocng");
    add_module("compat/time32");
    qsort(sources, source_count, sizeof(*sources), compare);
}

static void write_script(FILE *script, const char *archive, char **compile) {
    int i, word;
    for (i = 0; i < source_count; i++) {
        for (word = 0; compile[word] != NULL; word++) fprintf(script, "%s ", compile[word]);
        fprintf(script, "-c -o %s %s\n", sources[i].object, sources[i].path);
    }
    fprintf(script, "%s -ar rcs %s", compile[0], archive);
    for (i = 0; i < source_count; i++) fprintf(script, " %s", sources[i].object);
    fputs("\n", script);
}

int main(int argc, char **argv) {
    FILE *script;
    if (argc < 4) fail("usage: sources SCRIPT ARCHIVE COMPILER FLAG...", "");
    find_sources();
    script = fopen(argv[1], "w");
    if (script == NULL) fail("cannot write ", argv[1]);
    write_script(script, argv[2], argv + 3);
    if (fclose(script) != 0) fail("cannot write ", argv[1]);
    return 0;
}
