/* How a program starts and how it ends. */
#include "syscall.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define AT_EXIT_LIMIT 32

int errno;
char **environ;
static void (*at_exit_functions[AT_EXIT_LIMIT])(void);
static int at_exit_count;

int main(int argc, char **argv, char **envp);
void __start(int *stack);

/*
 * Where the compilers' entry stubs jump to.
 * stack: what the kernel left: argc, the arguments, NULL, the environment, NULL. Never returns.
 */
void __start(int *stack) {
    int argc = stack[0];
    char **argv = (char **)(stack + 1);
    environ = argv + argc + 1;
    exit(main(argc, argv, environ));
}

int __checked(int answer) {
    if (answer < 0 && answer > -4096) {
        errno = -answer;
        return -1;
    }
    return answer;
}

int atexit(void (*function)(void)) {
    if (at_exit_count == AT_EXIT_LIMIT) return -1;
    at_exit_functions[at_exit_count++] = function;
    return 0;
}

void exit(int status) {
    while (at_exit_count > 0) at_exit_functions[--at_exit_count]();
    __flush_all();
    _exit(status);
}

void _exit(int status) {
    for (;;) __syscall(SYS_EXIT, status, 0, 0, 0, 0);
}

/* Ends the program by the signal SIGABRT, so that whoever waits sees no ordinary end. */
void abort(void) {
    __syscall(SYS_KILL, getpid(), 6, 0, 0, 0);
    _exit(127);
}

void __assert_failed(const char *claim, const char *file, int line) {
    fprintf(stderr, "%s:%d: assertion failed: %s\n", file, line, claim);
    abort();
}

char *getenv(const char *name) {
    size_t length = strlen(name);
    char **entry;
    for (entry = environ; *entry != NULL; entry++)
        if (strncmp(*entry, name, length) == 0 && (*entry)[length] == '=')
            return *entry + length + 1;
    return NULL;
}
