/*
 * kaem: runs a script, one command a line.
 *
 *     kaem [--file SCRIPT] [--verbose] [--strict | --non-strict] [-- ARGUMENT…]
 *
 * The script is kaem.run unless it is named. Its language is that of mescc-tools' kaem:
 *
 *     # comment                 to the end of the line, where a word could start
 *     command word "two words"  a line, or a part of it up to ";", is a command and its words
 *     \                         at a line's end: the command goes on; else the next character is
 *                               meant as it is, but \n is a newline and \r a carriage return
 *     NAME=value                sets a variable, for the script and for the commands it runs
 *     ${NAME} ${NAME:-text}     a variable's value; the text where it is unset or empty. Never
 *                               split into words. Also between quotes
 *     $@                        the arguments: alone, a word for each; else joined by blanks
 *     if command … else … fi    on lines of their own; else may be missing; may be nested
 *     cd echo exec pwd set unset    are built in; set -e is strict, -x verbose, -a always so
 *
 * Strict, as it is unless told otherwise, means that the first command that fails ends the script,
 * with status 1. A command that cannot be found fails the script even behind "if".
 */
#include "shared/command.h"
#include "shared/stream.h"
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *script_name = "kaem.run";
static const char *script_at, *script_end;
static int line_number = 1;
static int verbose, strict = 1;
static char **arguments; /* of the script */

static void fail_here(const char *what, const char *which) {
    fail("%s:%d: %s%s", script_name, line_number, what, which);
}

/* --- Growing text and lists --- */

struct text {
    char *bytes;
    size_t length, room;
};

static void add_byte(struct text *to, int byte) {
    if (to->length + 2 > to->room) to->bytes = reallocate(to->bytes, to->room = 2 * to->room + 32);
    to->bytes[to->length++] = byte;
    to->bytes[to->length] = '\0';
}

static void add_bytes(struct text *to, const char *from, size_t length) {
    while (length-- > 0) add_byte(to, *from++);
}

/* Strings, with a NULL behind the last. */
struct list {
    char **at;
    int count;
};

static void add_string(struct list *to, char *string) {
    to->at = reallocate(to->at, (to->count + 2) * sizeof(char *));
    to->at[to->count++] = string;
    to->at[to->count] = NULL;
}

/* --- Variables: they are the environment --- */

static struct list variables;

/* The place of a variable, given as "NAME" or "NAME=…"; the count where there is none. */
static int find_variable(const char *name) {
    size_t length = strcspn(name, "=");
    int i;
    for (i = 0; i < variables.count; i++)
        if (strncmp(variables.at[i], name, length) == 0 && variables.at[i][length] == '=') break;
    return i;
}

static void set_variable(char *assignment) {
    int i = find_variable(assignment);
    if (i == variables.count) add_string(&variables, assignment);
    else variables.at[i] = assignment;
    environ = variables.at;
}

static void unset_variable(const char *name) {
    int i = find_variable(name);
    if (i == variables.count) return;
    variables.count--;
    for (; i <= variables.count; i++) variables.at[i] = variables.at[i + 1];
}

/* Whether a word is NAME=value. */
static int is_assignment(const char *word) {
    const char *at = word;
    if (isdigit((unsigned char)*at)) return 0;
    while (isalnum((unsigned char)*at) || *at == '_') at++;
    return at > word && *at == '=';
}

/* --- Reading commands --- */

static int next_is(int c) { return script_at < script_end && *script_at == c; }

/* Adds what stands behind a backslash. */
static void read_escape(struct text *to) {
    int c;
    if (script_at == script_end) fail_here("the script ends in a backslash", "");
    c = *script_at++;
    if (c == '\n') line_number++;
    else add_byte(to, c == 'n' ? '\n' : c == 'r' ? '\r' : c);
}

static void add_arguments(struct text *to) {
    int i;
    for (i = 0; arguments[i] != NULL; i++) {
        if (i > 0) add_byte(to, ' ');
        add_bytes(to, arguments[i], strlen(arguments[i]));
    }
}

/* Adds what stands behind a dollar sign. */
static void read_variable(struct text *to) {
    const char *start = script_at + 1, *end, *name_end, *value = NULL;
    char *name;
    if (next_is('@')) {
        script_at++;
        add_arguments(to);
        return;
    }
    end = next_is('{') ? memchr(start, '}', script_end - start) : NULL;
    if (end == NULL) fail_here("a $ must start ${NAME}, ${NAME:-text} or $@", "");
    for (name_end = start; isalnum((unsigned char)*name_end) || *name_end == '_';) name_end++;
    if (name_end == start || (name_end != end && (name_end[0] != ':' || name_end[1] != '-')))
        fail_here("only ${NAME} and ${NAME:-text} are known", "");
    name = allocate(name_end - start + 1);
    memcpy(name, start, name_end - start);
    name[name_end - start] = '\0';
    value = getenv(name);
    if (value != NULL && *value != '\0') add_bytes(to, value, strlen(value));
    else if (name_end != end) add_bytes(to, name_end + 2, end - name_end - 2);
    script_at = end + 1;
}

static void read_quoted(struct text *to) {
    int start = line_number;
    while (!next_is('"')) {
        int c;
        if (script_at == script_end) {
            line_number = start;
            fail_here("a string without end", "");
        }
        c = *script_at++;
        if (c == '\n') line_number++;
        if (c == '\\') read_escape(to);
        else if (c == '$') read_variable(to);
        else add_byte(to, c);
    }
    script_at++;
}

/* Reads one word and adds it to the command; nothing is added for one that came out empty,
 * unquoted. */
static void read_word(struct list *to) {
    struct text word = {NULL, 0, 0};
    const char *start = script_at;
    int quoted = 0, i;
    while (script_at < script_end && strchr(" \t\n;", *script_at) == NULL) {
        int c = *script_at++;
        if (c == '\\') read_escape(&word);
        else if (c == '$') read_variable(&word);
        else if (c == '"') quoted = 1, read_quoted(&word);
        else add_byte(&word, c);
    }
    if (script_at - start == 2 && memcmp(start, "$@", 2) == 0) {
        for (i = 0; arguments[i] != NULL; i++) add_string(to, arguments[i]);
        return;
    }
    if (word.length > 0) add_string(to, word.bytes);
    else if (quoted) add_string(to, "");
}

/* Reads the next command that is not empty. Returns 0 at the end of the script. */
static int read_command(struct list *to) {
    to->at = NULL;
    to->count = 0;
    for (;;) {
        if (next_is('#'))
            while (script_at < script_end && *script_at != '\n') script_at++;
        if (script_at == script_end) return to->count > 0;
        if (*script_at == '\n' || *script_at == ';') {
            if (to->count > 0) return 1; /* the end of line is counted at the next call */
            line_number += *script_at++ == '\n';
        } else if (*script_at == ' ' || *script_at == '\t') {
            script_at++;
        } else {
            read_word(to);
        }
    }
}

/* --- Running them --- */

static void show(const struct list *command) {
    int i;
    printf(" +>");
    for (i = 0; i < command->count; i++) printf(" %s", command->at[i]);
    printf("\n");
}

/* The status of a program, 0 for success; a signal counts as 128 and its number, as in a shell. */
static int run_program(const struct list *command) {
    int status;
    pid_t child;
    fflush(stdout);
    child = fork();
    if (child < 0) fail_here("cannot fork: ", strerror(errno));
    if (child == 0) {
        execvp(command->at[0], command->at);
        fprintf(stderr, "kaem: %s:%d: cannot run %s: %s\n", script_name, line_number,
                command->at[0], strerror(errno));
        _exit(127);
    }
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR) fail_here("cannot wait: ", strerror(errno));
    if (!WIFEXITED(status)) return 128 + WTERMSIG(status);
    if (WEXITSTATUS(status) == 127) exit(EXIT_FAILURE);
    return WEXITSTATUS(status);
}

static int echo(const struct list *command) {
    int i;
    for (i = 1; i < command->count; i++) printf("%s%s", i > 1 ? " " : "", command->at[i]);
    printf("\n");
    return 0;
}

static int set_options(const struct list *command) {
    const char *letter = command->count == 2 ? command->at[1] : "";
    if (*letter++ != '-') fail_here("set needs options: -e, -x, -a", "");
    for (; *letter != '\0'; letter++) {
        if (*letter == 'e') strict = 1;
        else if (*letter == 'x') verbose = 1;
        else if (*letter != 'a') fail_here("unknown option of set: -", letter);
    }
    return 0;
}

static int print_folder(void) {
    char path[PATH_MAX];
    if (getcwd(path, sizeof(path)) == NULL) return 1;
    printf("%s\n", path);
    return 0;
}

static int change_folder(const struct list *command) {
    if (command->count != 2) fail_here("cd needs one folder", "");
    if (chdir(command->at[1]) == 0) return 0;
    fprintf(stderr, "kaem: %s:%d: cannot enter %s: %s\n", script_name, line_number, command->at[1],
            strerror(errno));
    return 1;
}

/* Runs a command that is neither if, else nor fi. Returns its status. */
static int run_command(const struct list *command) {
    const char *name = command->at[0];
    int i;
    if (verbose) show(command);
    if (is_assignment(name)) {
        if (command->count > 1) fail_here("only one assignment a command: ", command->at[1]);
        set_variable(command->at[0]);
        return 0;
    }
    if (strcmp(name, "echo") == 0) return echo(command);
    if (strcmp(name, "cd") == 0) return change_folder(command);
    if (strcmp(name, "pwd") == 0) return print_folder();
    if (strcmp(name, "set") == 0) return set_options(command);
    if (strcmp(name, "unset") == 0) {
        for (i = 1; i < command->count; i++) unset_variable(command->at[i]);
        return 0;
    }
    if (strcmp(name, "exec") == 0 && command->count > 1) {
        fflush(stdout);
        execvp(command->at[1], command->at + 1);
        fail_here("cannot run ", command->at[1]);
    }
    return run_program(command);
}

static void run_checked(const struct list *command) {
    char number[16];
    int status = run_command(command);
    if (status == 0) return;
    sprintf(number, ": status %d", status);
    fflush(stdout);
    fprintf(stderr, "kaem: %s:%d: %s%s\n", script_name, line_number, command->at[0], number);
    if (strict) exit(EXIT_FAILURE);
}

/*
 * Runs, or only reads, commands up to an else or fi of this block, or the script's end.
 * depth: how many ifs are open. Returns 'e' for else, 'f' for fi, 0 for the end.
 */
static int run_block(int running, int depth) {
    struct list command;
    while (read_command(&command)) {
        if (strcmp(command.at[0], "fi") == 0) {
            if (depth == 0) fail_here("fi without if", "");
            return 'f';
        }
        if (strcmp(command.at[0], "else") == 0) {
            if (depth == 0) fail_here("else without if", "");
            return 'e';
        }
        if (strcmp(command.at[0], "if") == 0) {
            struct list condition;
            int start = line_number, holds;
            condition.at = command.at + 1;
            condition.count = command.count - 1;
            if (condition.count == 0) fail_here("if without a command", "");
            holds = running && run_command(&condition) == 0;
            switch (run_block(holds, depth + 1)) {
            case 'f': continue;
            case 'e':
                if (run_block(running && !holds, depth + 1) == 'f') continue;
            }
            line_number = start;
            fail_here("if without fi", "");
        } else if (running) {
            run_checked(&command);
        }
    }
    return 0;
}

int main(int argc, char **argv) {
    char *value, **entry;
    size_t size;
    int i;
    command_start("kaem");
    arguments = argv + argc;
    for (i = 1; i < argc; i++) {
        if ((value = option_value(argv, &i, "-f", "--file")) != NULL) script_name = value;
        else if (is_option(argv[i], "-v", "--verbose")) verbose = 1;
        else if (is_option(argv[i], "--strict", "--strict")) strict = 1;
        else if (is_option(argv[i], "--non-strict", "--non-strict")) strict = 0;
        else if (strcmp(argv[i], "--") == 0) break;
        else fail("unknown argument %s", argv[i]);
    }
    if (i < argc) arguments = argv + i + 1;
    for (entry = environ; *entry != NULL; entry++) set_variable(*entry);
    input_open(script_name);
    script_at = input_read_all(&size);
    script_end = script_at + size;
    if (memchr(script_at, '\0', size) != NULL) fail("%s is not a script", script_name);
    run_block(1, 0);
    return 0;
}
