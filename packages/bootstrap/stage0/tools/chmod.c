/*
 * chmod: sets the permissions of files, given as an octal number.
 *
 *     chmod [-v] MODE FILE…
 */
#include "shared/command.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int main(int argc, char **argv) {
    int i = 1, verbose = 0, mode;
    char *end;
    command_start("chmod");
    for (; i < argc && is_option(argv[i], "-v", "--verbose"); i++) verbose = 1;
    if (argc - i < 2) fail("usage: chmod [-v] MODE FILE...");
    refuse_option(argv[i]);
    mode = strtol(argv[i], &end, 8);
    if (*end != '\0' || end == argv[i] || mode < 0 || mode > 07777)
        fail("%s is not an octal mode", argv[i]);
    for (i++; i < argc; i++) {
        if (chmod(argv[i], mode) < 0) fail("cannot change %s: %s", argv[i], strerror(errno));
        if (verbose) printf("mode of '%s' changed to %04o\n", argv[i], mode);
    }
    return 0;
}
