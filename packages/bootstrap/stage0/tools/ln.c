/*
 * ln: makes links.
 *
 *     ln [-s] [-f] [-v] TARGET… PATH
 *
 * -s makes symbolic links, -f removes what has the new link's name. Where PATH is a folder, the
 * links are made in it under the targets' own names.
 */
#include "shared/command.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SYMBOLIC = 1, FORCE = 2, VERBOSE = 4 };

static int flags;

static void make_link(const char *target, const char *path) {
    if ((flags & FORCE) && unlink(path) < 0 && errno != ENOENT) fail_to("remove", path);
    if ((flags & SYMBOLIC ? symlink(target, path) : link(target, path)) < 0)
        fail("cannot link %s to %s: %s", path, target, strerror(errno));
    if (flags & VERBOSE) printf("'%s' -> '%s'\n", path, target);
}

int main(int argc, char **argv) {
    int i, count;
    struct stat found;
    const char *last;
    (void)argc;
    command_start("ln");
    count = read_flags(argv, "sfv", &flags);
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
