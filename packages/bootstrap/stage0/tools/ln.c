/*
 * ln: makes links.
 *
 *     ln [-s] [-f] [-v] TARGET… PATH
 *
 * -s makes symbolic links, -f removes what has the new link's name. Where PATH is a folder, the links
 * are made in it under the targets' own names.
 */
#include "shared/command.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int symbolic, force, verbose;

static void make_link(const char *target, const char *path) {
    if (force && unlink(path) < 0 && errno != ENOENT)
        fail("cannot remove %s: %s", path, strerror(errno));
    if ((symbolic ? symlink(target, path) : link(target, path)) < 0)
        fail("cannot link %s to %s: %s", path, target, strerror(errno));
    if (verbose) printf("'%s' -> '%s'\n", path, target);
}

static int take_flags(const char *argument) {
    if (argument[0] != '-' || argument[1] == '\0' || strspn(argument + 1, "sfv") + 1 != strlen(argument))
        return 0;
    if (strchr(argument, 's') != NULL) symbolic = 1;
    if (strchr(argument, 'f') != NULL) force = 1;
    if (strchr(argument, 'v') != NULL) verbose = 1;
    return 1;
}

int main(int argc, char **argv) {
    int i, count = 0;
    struct stat found;
    const char *last;
    command_start("ln");
    for (i = 1; i < argc; i++) {
        if (take_flags(argv[i])) continue;
        refuse_option(argv[i]);
        argv[count++] = argv[i];
    }
    if (count < 2) fail("usage: ln [-s] [-f] [-v] TARGET... PATH");
    last = argv[--count];
    if (stat(last, &found) == 0 && S_ISDIR(found.st_mode)) {
        for (i = 0; i < count; i++) make_link(argv[i], join_path(last, base_name(argv[i])));
    } else if (count == 1) {
        make_link(argv[0], last);
    } else {
        fail("%s is not a folder", last);
    }
    return 0;
}
