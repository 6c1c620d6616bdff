/* What every tool does alike. */
#include "command.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *command_name = "";
static void (*on_failure)(void);

void command_start(const char *name) { command_name = name; }
void command_on_failure(void (*function)(void)) { on_failure = function; }

void fail(const char *format, ...) {
    char message[1024];
    char *at;
    va_list list;
    va_start(list, format);
    vsnprintf(message, sizeof(message), format, list);
    va_end(list);
    for (at = message; *at != '\0'; at++)
        if ((unsigned char)*at < ' ' || *at == 127) *at = '?';
    fflush(stdout);
    fprintf(stderr, "%s: %s\n", command_name, message);
    if (on_failure != NULL) on_failure();
    exit(EXIT_FAILURE);
}

void fail_to(const char *what, const char *path) {
    fail("cannot %s %s: %s", what, path, strerror(errno));
}

int is_option(const char *argument, const char *letter, const char *word) {
    return strcmp(argument, letter) == 0 || strcmp(argument, word) == 0;
}

char *option_value(char **argv, int *i, const char *letter, const char *word) {
    if (!is_option(argv[*i], letter, word)) return NULL;
    if (argv[*i + 1] == NULL) fail("%s needs a value", argv[*i]);
    return argv[++*i];
}

void refuse_option(const char *argument) {
    if (argument[0] == '-' && argument[1] != '\0') fail("unknown option %s", argument);
}

int read_flags(char **argv, const char *letters, int *flags) {
    int i, count = 0;
    *flags = 0;
    for (i = 1; argv[i] != NULL; i++) {
        const char *at = argv[i] + 1, *letter;
        if (argv[i][0] != '-' || *at == '\0') argv[count++] = argv[i];
        else
            for (; *at != '\0'; at++) {
                if ((letter = strchr(letters, *at)) == NULL) refuse_option(argv[i]);
                *flags |= 1 << (letter - letters);
            }
    }
    return count;
}

void *allocate(size_t size) { return reallocate(NULL, size); }

void *reallocate(void *memory, size_t size) {
    memory = realloc(memory, size);
    if (memory == NULL) fail("out of memory: %u bytes wanted", (unsigned int)size);
    return memory;
}

char *join_path(const char *folder, const char *name) {
    char *path = allocate(strlen(folder) + strlen(name) + 2);
    sprintf(path, "%s/%s", folder, name);
    return path;
}

const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}
