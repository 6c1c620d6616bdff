/* Paths that must stay inside a folder, and the names in one. */
#include "tree.h"
#include "command.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const char *path_refusal(const char *path) {
    if (*path == '\0') return "it is empty";
    if (*path == '/') return "it is absolute";
    while (*path != '\0') {
        size_t length = strcspn(path, "/");
        if (length == 2 && path[0] == '.' && path[1] == '.') return "it has .. in it";
        path += length;
        path += *path == '/';
    }
    return NULL;
}

/* Looks at one folder on the way. Returns whether it is there. */
static int is_there(const char *path) {
    struct stat found;
    if (lstat(path, &found) < 0) {
        if (errno == ENOENT) return 0;
        fail_to("look at", path);
    }
    if (!S_ISDIR(found.st_mode)) fail("%s is not a folder, nothing is put behind it", path);
    return 1;
}

static void walk_parents(const char *path, int make) {
    char *folder = join_path(path, "");
    char *slash = folder;
    size_t length = strlen(path);
    while (length > 0 && path[length - 1] == '/') length--;
    while ((slash = strchr(slash + 1, '/')) != NULL && slash < folder + length) {
        *slash = '\0';
        if (!is_there(folder) && make) {
            if (mkdir(folder, 0755) < 0) fail_to("make", folder);
            chmod(folder, 0755); /* whatever the umask */
        }
        *slash = '/';
    }
    free(folder);
}

void check_parents(const char *path) { walk_parents(path, 0); }
void make_parents(const char *path) { walk_parents(path, 1); }

static int compare_names(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char **list_folder(const char *path) {
    char **names = allocate(16 * sizeof(char *));
    int count = 0, room = 16;
    struct dirent *entry;
    DIR *folder = opendir(path);
    if (folder == NULL) fail_to("read the folder", path);
    while ((entry = readdir(folder)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        if (count + 1 == room) {
            room *= 2;
            names = reallocate(names, room * sizeof(char *));
        }
        names[count] = strcpy(allocate(strlen(entry->d_name) + 1), entry->d_name);
        count++;
    }
    closedir(folder);
    qsort(names, count, sizeof(char *), compare_names);
    names[count] = NULL;
    return names;
}
