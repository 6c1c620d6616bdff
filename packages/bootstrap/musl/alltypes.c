/*
 * alltypes: writes musl's bits/alltypes.h, as its tools/mkalltypes.sed does.
 *
 *     alltypes OUTPUT INPUT…
 *
 * A line "TYPEDEF type name;" becomes a definition that is there for those who asked for the name, and only
 * once; "STRUCT name { … };" and "UNION name { … };" likewise. All other lines stay as they are.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST_LINE 4096

static FILE *output;

static void fail(const char *what, const char *which) {
    fprintf(stderr, "alltypes: %s%s\n", what, which);
    exit(1);
}

/* TAG and NAME are what is asked for; FORMAT is for the definition's two parts. */
static void define(const char *tag, const char *name, const char *format, const char *a,
                   const char *b) {
    fprintf(output, "#if defined(__NEED_%s%s) && !defined(__DEFINED_%s%s)\n", tag, name, tag, name);
    fprintf(output, format, a, b);
    fprintf(output, "#define __DEFINED_%s%s\n#endif\n\n", tag, name);
}

/* Cuts TEXT at the blank that AT points to. Returns what is behind it. */
static char *cut(char *text, char *at) {
    if (at == NULL) fail("a name is missing: ", text);
    *at = '\0';
    return at + 1;
}

static void write_line(char *line) {
    char *end = strrchr(line, ';');
    if (strncmp(line, "TYPEDEF ", 8) == 0 && end != NULL) {
        char *type = line + 8, *name;
        *end = '\0';
        name = cut(type, strrchr(type, ' '));
        define("", name, "typedef %s %s;\n", type, name);
    } else if (strncmp(line, "STRUCT ", 7) == 0) {
        char *name = line + 7, *members = cut(name, strchr(name, ' '));
        define("struct_", name, "struct %s %s\n", name, members);
    } else if (strncmp(line, "UNION ", 6) == 0) {
        char *name = line + 6, *members = cut(name, strchr(name, ' '));
        define("union_", name, "union %s %s\n", name, members);
    } else {
        fprintf(output, "%s\n", line);
    }
}

static void write_file(const char *path) {
    static char line[LONGEST_LINE];
    FILE *input = fopen(path, "r");
    if (input == NULL) fail("cannot read ", path);
    while (fgets(line, sizeof(line), input) != NULL) {
        char *end = strchr(line, '\n');
        if (end == NULL) fail("a line is too long or not ended: ", path);
        *end = '\0';
        write_line(line);
    }
    fclose(input);
}

int main(int argc, char **argv) {
    int i;
    if (argc < 3) fail("usage: alltypes OUTPUT INPUT...", "");
    output = fopen(argv[1], "w");
    if (output == NULL) fail("cannot write ", argv[1]);
    for (i = 2; i < argc; i++) write_file(argv[i]);
    if (fclose(output) != 0) fail("cannot write ", argv[1]);
    return 0;
}
