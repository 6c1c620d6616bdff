/*
 * rm: removes files.
 *
 *     rm [-r] [-f] [-v] PATH…
 *
 * -r removes folders with all that is in them, -f is content where there is nothing to remove. A
 * symbolic link is removed itself, never what it points at.
 */
#include "shared/command.h"
#include "shared/tree.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { RECURSIVE = 1, FORCE = 2, VERBOSE = 4 };

static int flags;

static void remove_path(const char *path);

static void remove_folder(const char *path) {
    char **names = list_folder(path);
    int i;
    for (i = 0; names[i] != NULL; i++) {
        char *inner = join_path(path, names[i]);
        remove_path(inner);
        free(inner);
        free(names[i]);
    }
    free(names);
    if (rmdir(path) < 0) fail_to("remove", path);
}

static void remove_path(const char *path) {
    struct stat found;
    if (lstat(path, &found) < 0) {
        if ((flags & FORCE) && errno == ENOENT) return;
        fail_to("remove", path);
    }
    if (!S_ISDIR(found.st_mode)) {
        if (unlink(path) < 0) fail_to("remove", path);
    } else if (flags & RECURSIVE) {
        remove_folder(path);
    } else {
        fail("%s is a folder; -r would remove it", path);
    }
    if (flags & VERBOSE) printf("removed '%s'\n", path);
}

/* "." and ".." cannot be removed, and the root must not be. */
static void check_removable(const char *path) {
    size_t length = strlen(path);
    while (length > 0 && path[length - 1] == '/') length--;
    if (length == 0) fail("refusing to remove '%s'", path);
    if (path[length - 1] != '.') return;
    if (length == 1 || path[length - 2] == '/') fail("refusing to remove %s", path);
    if (path[length - 2] == '.' && (length == 2 || path[length - 3] == '/'))
        fail("refusing to remove %s", path);
}

int main(int argc, char **argv) {
    int i, paths;
    (void)argc;
    command_start("rm");
    paths = read_flags(argv, "rfv", &flags);
    if (paths == 0 && !(flags & FORCE)) fail("usage: rm [-r] [-f] [-v] PATH...");
    for (i = 0; i < paths; i++) check_removable(argv[i]);
    for (i = 0; i < paths; i++) remove_path(argv[i]);
    return 0;
}
