/*
 * configure: does for busybox what its kconfig, shell scripts and Makefiles do.
 *
 *     configure OPTIONS SCRIPT ARCHIVE COMPILER FLAG…
 *
 * It is run in busybox's own folder. OPTIONS has the options that are on, a name and perhaps a value on each
 * line; all others are off. Written are include/autoconf.h, which says so to the sources; include/applets.h,
 * the list of programs; and the kaem script SCRIPT, which compiles what the options want into ARCHIVE.
 *
 * Each source says in comments at its top what belongs to it: "//config:config NAME" declares an option,
 * "//applet:IF_NAME(…)" a program, "//kbuild:lib-$(CONFIG_NAME) += FILE.o" an object. What belongs to
 * no source stands in the files Config.in, Config.src and Kbuild.src, without the comments' marks.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST 8192
#define LONGEST_LINE 4096

struct list {
    char *items[MOST];
    int count;
};

static struct list folders;   /* in which busybox's sources lie */
static struct list sources;   /* those with comments to be read */
static struct list declared;  /* options */
static struct list wanted;    /* lines of OPTIONS */
static struct list objects;   /* FOLDER/NAME, without an extension */
static FILE *applets;

static void fail(const char *what, const char *which) {
    fprintf(stderr, "configure: %s%s\n", what, which);
    exit(1);
}

static char *join(const char *a, const char *b, const char *c) {
    char *to = malloc(strlen(a) + strlen(b) + strlen(c) + 1);
    if (to == NULL) fail("out of memory", "");
    return strcat(strcat(strcpy(to, a), b), c);
}

static int starts_with(const char *text, const char *start) {
    return strncmp(text, start, strlen(start)) == 0;
}

static int ends_with(const char *text, const char *end) {
    return strlen(text) > strlen(end) && strcmp(text + strlen(text) - strlen(end), end) == 0;
}

static int compare(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* An item that is there already is not added again. */
static void add(struct list *to, char *item) {
    int i;
    for (i = 0; i < to->count; i++)
        if (strcmp(to->items[i], item) == 0) return;
    if (to->count == MOST) fail("too many entries: ", item);
    to->items[to->count++] = item;
}

static void sort(struct list *list) {
    qsort(list->items, list->count, sizeof(*list->items), compare);
}

static FILE *open_file(const char *path, const char *mode) {
    FILE *file = fopen(path, mode);
    if (file == NULL) fail("cannot open ", path);
    return file;
}

/* The next line, without its newline, and with those that it continues on; 0 at the end. */
static int read_line(FILE *file, char *line) {
    size_t length = 0;
    do {
        if (fgets(line + length, LONGEST_LINE - length, file) == NULL) return length > 0;
        length = strlen(line);
        if (length > 0 && line[length - 1] == '\n') line[--length] = '\0';
        if (length + 1 >= LONGEST_LINE) fail("a line is too long: ", line);
    } while (length > 0 && line[length - 1] == '\\' && (line[--length] = '\0', 1));
    return 1;
}

/* NAME in FOLDER; what lies in the first folder has no path. */
static char *inside(const char *folder, const char *name) {
    return strcmp(folder, ".") == 0 ? join(name, "", "") : join(folder, "/", name);
}

/* Folders down to DEPTH, and the C sources in them. */
static void find_sources(const char *folder, int depth) {
    struct dirent *entry;
    DIR *open = opendir(folder);
    if (open == NULL) return;
    add(&folders, join(folder, "", ""));
    while ((entry = readdir(open)) != NULL) {
        if (entry->d_name[0] == '.') continue;
        if (ends_with(entry->d_name, ".c")) add(&sources, inside(folder, entry->d_name));
        else if (depth > 0 && strchr(entry->d_name, '.') == NULL)
            find_sources(inside(folder, entry->d_name), depth - 1);
    }
    closedir(open);
}

/* The line of OPTIONS that turns NAME on; NULL where it is off. */
static const char *option(const char *name) {
    size_t length = strlen(name);
    int i;
    for (i = 0; i < wanted.count; i++)
        if (starts_with(wanted.items[i], name) &&
            (wanted.items[i][length] == '\0' || wanted.items[i][length] == ' '))
            return wanted.items[i];
    return NULL;
}

/* Whether the rule that starts with TARGET counts: lib-y always, lib-$(CONFIG_NAME) where NAME is on. */
static int is_wanted(char *target) {
    char *name = target + strlen("lib-$(CONFIG_");
    if (!starts_with(target, "lib-$(CONFIG_")) return strcmp(target, "lib-y") == 0;
    if (!ends_with(name, ")")) fail("no ) at the end of ", target);
    name[strlen(name) - 1] = '\0';
    return option(name) != NULL;
}

/*
 * "lib-y += a.o b.o": objects of FOLDER. COMMON_FILES are added to lib-y afterwards.
 */
static void read_rule(const char *folder, char *line) {
    char *word = strtok(line, " \t");
    if (word == NULL) return;
    if (strcmp(word, "COMMON_FILES:=") != 0 && strcmp(word, "lib-y:=") != 0) {
        if (!is_wanted(word)) return;
        word = strtok(NULL, " \t");
        if (word == NULL || strcmp(word + 1, "=") != 0) fail("no += in a rule of ", folder);
    }
    while ((word = strtok(NULL, " \t")) != NULL && *word != '#') {
        if (strcmp(word, "$(COMMON_FILES)") == 0) continue;
        if (!ends_with(word, ".o")) fail("not an object: ", word);
        word[strlen(word) - 2] = '\0';
        add(&objects, join(folder, "/", word));
    }
}

static void read_declaration(char *line) {
    char *word = strtok(line, " \t");
    if (word == NULL || strcmp(word, "config") != 0) return;
    word = strtok(NULL, " \t");
    if (word != NULL) add(&declared, join(word, "", ""));
}

static void read_source(const char *path) {
    char line[LONGEST_LINE];
    char *folder = join(path, "", "");
    FILE *file = open_file(path, "r");
    *strrchr(folder, '/') = '\0';
    while (read_line(file, line)) {
        if (starts_with(line, "//config:")) read_declaration(line + strlen("//config:"));
        if (starts_with(line, "//applet:")) fprintf(applets, "%s\n", line + strlen("//applet:"));
        if (starts_with(line, "//kbuild:")) read_rule(folder, line + strlen("//kbuild:"));
    }
    fclose(file);
}

/* Config.in, Config.src and Kbuild.src of a folder, those that are there. */
static void read_folder(const char *folder) {
    static const char *const names[] = {"/Config.in", "/Config.src", "/Kbuild.src"};
    char line[LONGEST_LINE];
    int i;
    for (i = 0; i < 3; i++) {
        FILE *file = fopen(join(folder, names[i], ""), "r");
        if (file == NULL) continue;
        while (read_line(file, line))
            if (i == 2) read_rule(folder, line);
            else read_declaration(line);
        fclose(file);
    }
}

/* applets.src.h has a line INSERT where the sources' own programs come. */
static void read_everything(void) {
    char line[LONGEST_LINE];
    FILE *list = open_file("include/applets.src.h", "r");
    int i;
    applets = open_file("include/applets.h", "w");
    for (i = 0; i < folders.count; i++) read_folder(folders.items[i]);
    while (read_line(list, line))
        if (strcmp(line, "INSERT") != 0) fprintf(applets, "%s\n", line);
        else for (i = 0; i < sources.count; i++) read_source(sources.items[i]);
    fclose(list);
    if (fclose(applets) != 0) fail("cannot write ", "include/applets.h");
}

static void write_option(FILE *file, const char *name) {
    const char *line = option(name);
    const char *value = line == NULL ? NULL : strchr(line, ' ');
    if (line != NULL) fprintf(file, "#define CONFIG_%s %s\n", name, value == NULL ? "1" : value + 1);
    fprintf(file, "#define ENABLE_%s %d\n", name, line != NULL);
    fprintf(file, "#define IF_%s(...)%s\n", name, line != NULL ? " __VA_ARGS__" : "");
    fprintf(file, "#define IF_NOT_%s(...)%s\n", name, line != NULL ? "" : " __VA_ARGS__");
}

static void write_options(void) {
    FILE *file = open_file("include/autoconf.h", "w");
    int i;
    for (i = 0; i < declared.count; i++) write_option(file, declared.items[i]);
    if (fclose(file) != 0) fail("cannot write ", "include/autoconf.h");
}

static char *object_name(const char *path) {
    char *to = join("obj/", path, ".o");
    char *at;
    for (at = to + strlen("obj/"); *at != '\0'; at++)
        if (*at == '/') *at = '-';
    return to;
}

static void write_script(const char *script, const char *archive, char **compile) {
    FILE *file = open_file(script, "w");
    int i, word;
    for (i = 0; i < objects.count; i++) {
        for (word = 0; compile[word] != NULL; word++) fprintf(file, "%s ", compile[word]);
        fprintf(file, "-c -o %s %s.c\n", object_name(objects.items[i]), objects.items[i]);
    }
    fprintf(file, "%s -ar rcs %s", compile[0], archive);
    for (i = 0; i < objects.count; i++) fprintf(file, " %s", object_name(objects.items[i]));
    fputs("\n", file);
    if (fclose(file) != 0) fail("cannot write ", script);
}

static void read_wanted(const char *path) {
    char line[LONGEST_LINE];
    FILE *file = open_file(path, "r");
    while (read_line(file, line))
        if (line[0] != '#' && line[0] != '\0') add(&wanted, join(line, "", ""));
    fclose(file);
}

int main(int argc, char **argv) {
    if (argc < 5) fail("usage: configure OPTIONS SCRIPT ARCHIVE COMPILER FLAG...", "");
    read_wanted(argv[1]);
    find_sources(".", 2);
    sort(&folders);
    sort(&sources);
    read_everything();
    sort(&declared);
    sort(&objects);
    write_options();
    write_script(argv[2], argv[3], argv + 4);
    return 0;
}
