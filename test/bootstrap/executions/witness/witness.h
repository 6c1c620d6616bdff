/*
 * witness: runs a program and all that it starts, and writes down what is executed inside of sandboxes and
 * which files there are when a sandbox begins and when it ends.
 */
#ifndef WITNESS_H
#define WITNESS_H
#include <sys/stat.h>
#include <sys/types.h>

/* Whether a process has a root directory other than the witness's own. */
int is_sandboxed(pid_t pid);

/* Notes that a process in a sandbox has become another program; the first one of a sandbox begins it. */
void sandbox_executed(pid_t pid);

/* Notes that a process is about to end, while its root directory can still be read. */
void sandbox_process_ends(pid_t pid);

/* What happened to a file, as the log calls it. */
enum event { BEGIN, FILE_SEEN, EXECUTED, END };

/* Opens the log. Each line of it is an event, the sandbox's number, and for files digest and path. */
void log_open(const char *path);
void log_sandbox(enum event event, int sandbox);

/*
 * Logs a file's SHA-256 under the path `shown`, unless the very same file was logged for this event before:
 * as FILE_SEEN in any sandbox, as EXECUTED in this one.
 */
void log_file(enum event event, int sandbox, int file, const struct stat *facts, const char *shown);

/* Says what the system says, and ends the witness with status 125. */
void give_up(const char *what);

#endif
