/* command.h: what every tool does alike: naming itself, reading its options, giving up. */
#ifndef COMMAND_H
#define COMMAND_H
#include <stddef.h>

/* Remembers the tool's name for its messages. Call it first. */
void command_start(const char *name);

/*
 * Says what is wrong on standard error, undoes what command_on_failure was given, and ends with
 * status 1. Control characters in the message show as ?, for names in it may come from a hostile
 * archive.
 */
void fail(const char *format, ...);

/* Fails with "cannot DO PATH: " and what errno says. */
void fail_to(const char *what, const char *path);

/* Asks fail to call a function before it ends the program; NULL asks for nothing. */
void command_on_failure(void (*function)(void));

/* Whether an argument is the option of this short or long name. */
int is_option(const char *argument, const char *letter, const char *word);

/*
 * The value of an option that takes one ("-f X" or "--file X"), or NULL if argv[*i] is another
 * argument. Moves *i to the value; fails where there is none.
 */
char *option_value(char **argv, int *i, const char *letter, const char *word);

/* Fails for an argument that looks like an option, since none of the known ones took it. */
void refuse_option(const char *argument);

/*
 * Reads options that are single letters, alone or together (-r -f, -rf): letter i of `letters` sets
 * bit i of *flags. Brings the other arguments to the start of argv and returns how many they are.
 */
int read_flags(char **argv, const char *letters, int *flags);

/* Memory or failure. */
void *allocate(size_t size);
void *reallocate(void *memory, size_t size);

/* "folder/name", newly allocated. */
char *join_path(const char *folder, const char *name);

/* The part of a path behind its last slash. */
const char *base_name(const char *path);

#endif
