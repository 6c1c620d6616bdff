/*
 * cp: copies files.
 *
 *     cp [-r] [-v] FROM… TO
 *
 * Where TO is a folder, or ends in a slash, the copies are made in it under their own names. A new
 * file gets the permissions of the old one (less the umask), not its time. -r copies folders with
 * all that is in them, symbolic links as links; without it a link named as FROM is followed. A link
 * that has the copy's name is replaced, not written through.
 */
#include "shared/command.h"
#include "shared/stream.h"
#include "shared/tree.h"
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { RECURSIVE = 1, VERBOSE = 2 };

static int flags;

static void copy(const char *from, const char *to);

static int is_same(const struct stat *a, const struct stat *b) {
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static void copy_file(const char *from, const char *to, const struct stat *source) {
    struct stat target;
    if (stat(to, &target) == 0 && is_same(source, &target))
        fail("%s and %s are one file", from, to);
    output_open(to, source->st_mode & 0777);
    output_copy(from);
    output_commit();
}

static void copy_link(const char *from, const char *to) {
    char target[PATH_MAX];
    int length = readlink(from, target, sizeof(target) - 1);
    if (length < 0) fail_to("read the link", from);
    target[length] = '\0';
    if (unlink(to) < 0 && errno != ENOENT) fail_to("replace", to);
    if (symlink(target, to) < 0) fail_to("create", to);
}

/* The new folder stays writable until all is in it. */
static void copy_folder(const char *from, const char *to, const struct stat *source) {
    static struct stat first_target; /* a copy into itself would never end */
    struct stat target;
    char **names;
    int i, is_new = mkdir(to, (source->st_mode & 0777) | 0700) == 0;
    if (stat(to, &target) < 0 || !S_ISDIR(target.st_mode)) fail_to("make the folder", to);
    if (first_target.st_ino == 0) first_target = target;
    if (is_same(source, &first_target)) fail("%s lies inside of what is to be copied", to);
    names = list_folder(from);
    for (i = 0; names[i] != NULL; i++) {
        char *inner_from = join_path(from, names[i]);
        char *inner_to = join_path(to, names[i]);
        copy(inner_from, inner_to);
        free(inner_from);
        free(inner_to);
        free(names[i]);
    }
    free(names);
    if (is_new && (source->st_mode & 0700) != 0700)
        chmod(to, target.st_mode & source->st_mode & 0777);
}

static void copy(const char *from, const char *to) {
    struct stat source;
    if ((flags & RECURSIVE ? lstat(from, &source) : stat(from, &source)) < 0) fail_to("find", from);
    if (flags & VERBOSE) printf("'%s' -> '%s'\n", from, to);
    if (S_ISREG(source.st_mode)) copy_file(from, to, &source);
    else if (S_ISLNK(source.st_mode)) copy_link(from, to);
    else if (!S_ISDIR(source.st_mode)) fail("%s is neither file, link nor folder", from);
    else if (!(flags & RECURSIVE)) fail("%s is a folder; -r would copy it", from);
    else copy_folder(from, to, &source);
}

/* Cuts slashes off the end of a path, so that its last part is its name. */
static char *without_slashes(char *path) {
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') path[--length] = '\0';
    return path;
}

int main(int argc, char **argv) {
    int i, count;
    struct stat found;
    const char *last;
    (void)argc;
    command_start("cp");
    count = read_flags(argv, "rv", &flags);
    if (count < 2) fail("usage: cp [-r] [-v] FROM... TO");
    last = argv[--count];
    if (stat(last, &found) == 0 && S_ISDIR(found.st_mode)) {
        for (i = 0; i < count; i++)
            copy(argv[i], join_path(last, base_name(without_slashes(argv[i]))));
    } else if (count > 1 || last[strlen(last) - 1] == '/') {
        fail("%s is not a folder", last);
    } else {
        copy(argv[0], last);
    }
    return 0;
}
