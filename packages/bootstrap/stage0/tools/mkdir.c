/*
 * mkdir: makes folders.
 *
 *     mkdir [-p] [-m MODE] FOLDER…
 *
 * -p makes the folders above it too, and is content with folders that are there already.
 */
#include "shared/command.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int parents, mode = -1;

static int is_folder(const char *path) {
    struct stat found;
    return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

static void make(const char *path, int is_last) {
    if (mkdir(path, 0777) == 0) {
        if (is_last && mode >= 0) chmod(path, mode);
        return;
    }
    if (parents && errno == EEXIST && is_folder(path)) return;
    fail_to("make", path);
}

static void make_above(char *path) {
    char *slash = path;
    while ((slash = strchr(slash + 1, '/')) != NULL) {
        *slash = '\0';
        if (!is_folder(path)) make(path, 0);
        *slash = '/';
        if (slash[strspn(slash, "/")] == '\0') return; /* slashes at the end */
    }
}

int main(int argc, char **argv) {
    int i, made = 0;
    char *value, *end;
    command_start("mkdir");
    for (i = 1; i < argc; i++) {
        if (is_option(argv[i], "-p", "--parents")) {
            parents = 1;
        } else if ((value = option_value(argv, &i, "-m", "--mode")) != NULL) {
            mode = strtol(value, &end, 8);
            if (*end != '\0' || mode < 0 || mode > 07777) fail("%s is not an octal mode", value);
        } else {
            refuse_option(argv[i]);
            if (parents) make_above(argv[i]);
            make(argv[i], 1);
            made++;
        }
    }
    if (made == 0) fail("usage: mkdir [-p] [-m MODE] FOLDER...");
    return 0;
}
