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
    int i, verbose, mode, count;
    char *end;
    (void)argc;
    command_start("chmod");
    count = read_flags(argv, "v", &verbose);
    if (count < 2) fail("usage: chmod [-v] MODE FILE...");
    mode = strtol(argv[0], &end, 8);
    if (*end != '\0' || end == argv[0] || mode < 0 || mode > 07777)
        fail("%s is not an octal mode", argv[0]);
    for (i = 1; i < count; i++) {
        if (chmod(argv[i], mode) < 0) fail_to("change", argv[i]);
        if (verbose) printf("mode of '%s' changed to %04o\n", argv[i], mode);
    }
    return 0;
}
