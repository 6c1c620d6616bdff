/* Sandboxes: found by their root directory, known by their process 1, walked when they begin and end. */
#define _GNU_SOURCE
#include "witness.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A sandbox is over when its process 1 is. */
struct sandbox {
    pid_t first;
    ino_t process_namespace;
    int number;
    struct sandbox *next;
};

static struct sandbox *sandboxes;
static int sandbox_count;

static int stat_process(pid_t pid, const char *what, struct stat *facts) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", pid, what);
    return stat(path, facts);
}

int is_sandboxed(pid_t pid) {
    struct stat own, other;
    if (stat("/", &own) != 0 || stat_process(pid, "root", &other) != 0) return 0;
    return own.st_dev != other.st_dev || own.st_ino != other.st_ino;
}

/* A path longer than the system takes belongs to no file that can be executed; it is an error all the same. */
static void join_path(char *to, size_t size, const char *folder, const char *name) {
    if ((size_t)snprintf(to, size, "%s/%s", folder, name) >= size) give_up("a path is too long");
}

/* Logs all regular files below a folder that are on the file system `device`. Closes the descriptor. */
static void walk(int descriptor, dev_t device, int sandbox, const char *shown) {
    DIR *folder = fdopendir(descriptor);
    struct dirent *entry;
    if (folder == NULL) give_up(shown);
    while ((entry = readdir(folder)) != NULL) {
        struct stat facts;
        char path[8192];
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        if (fstatat(descriptor, entry->d_name, &facts, AT_SYMLINK_NOFOLLOW) != 0) continue;
        if (facts.st_dev != device) continue;
        join_path(path, sizeof path, shown, entry->d_name);
        if (!S_ISDIR(facts.st_mode) && !S_ISREG(facts.st_mode)) continue;
        int file = openat(descriptor, entry->d_name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
        if (file < 0) give_up(path);
        if (S_ISDIR(facts.st_mode)) {
            walk(file, device, sandbox, path);
            continue;
        }
        log_file(FILE_SEEN, sandbox, file, &facts, path);
        close(file);
    }
    closedir(folder);
}

static void walk_root(pid_t pid, int sandbox) {
    char path[64];
    struct stat facts;
    snprintf(path, sizeof path, "/proc/%d/root", pid);
    int root = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (root < 0 || fstat(root, &facts) != 0) give_up(path);
    walk(root, facts.st_dev, sandbox, "");
}

static struct sandbox *begin_sandbox(pid_t pid, ino_t process_namespace) {
    struct sandbox *sandbox = malloc(sizeof *sandbox);
    if (sandbox == NULL) give_up("malloc");
    *sandbox = (struct sandbox){pid, process_namespace, ++sandbox_count, sandboxes};
    sandboxes = sandbox;
    log_sandbox(BEGIN, sandbox->number);
    walk_root(pid, sandbox->number);
    return sandbox;
}

static struct sandbox *sandbox_of(pid_t pid) {
    struct stat facts;
    if (stat_process(pid, "ns/pid", &facts) != 0) give_up("ns/pid");
    for (struct sandbox *each = sandboxes; each != NULL; each = each->next)
        if (each->process_namespace == facts.st_ino) return each;
    return begin_sandbox(pid, facts.st_ino);
}

/* Logs a file as executed. One outside of the sandbox's root file system has a `!` in front of its path. */
static void log_executed(struct sandbox *sandbox, const char *file, const char *path, dev_t device) {
    struct stat facts;
    char shown[8192];
    int descriptor = open(file, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 || fstat(descriptor, &facts) != 0) give_up(file);
    snprintf(shown, sizeof shown, "%s%s", facts.st_dev == device ? "" : "!", path);
    log_file(EXECUTED, sandbox->number, descriptor, &facts, shown);
    close(descriptor);
}

/* The program itself, and whatever else the kernel has mapped for it: the loader of a dynamic one. */
void sandbox_executed(pid_t pid) {
    struct sandbox *sandbox = sandbox_of(pid);
    struct stat root;
    char name[64], line[8192], last[8192] = "";
    if (stat_process(pid, "root", &root) != 0) give_up("root");
    snprintf(name, sizeof name, "/proc/%d/maps", pid);
    FILE *maps = fopen(name, "re");
    if (maps == NULL) give_up(name);
    while (fgets(line, sizeof line, maps) != NULL) {
        unsigned long from, to;
        char *path = strchr(line, '/');
        if (path == NULL || sscanf(line, "%lx-%lx", &from, &to) != 2) continue;
        path[strcspn(path, "\n")] = '\0';
        if (strcmp(path, last) == 0) continue;
        strcpy(last, path);
        char mapped[96];
        snprintf(mapped, sizeof mapped, "/proc/%d/map_files/%lx-%lx", pid, from, to);
        log_executed(sandbox, mapped, path, root.st_dev);
    }
    fclose(maps);
}

void sandbox_process_ends(pid_t pid) {
    for (struct sandbox **each = &sandboxes; *each != NULL; each = &(*each)->next) {
        struct sandbox *ended = *each;
        if (ended->first != pid) continue;
        log_sandbox(END, ended->number);
        walk_root(pid, ended->number);
        *each = ended->next;
        free(ended);
        return;
    }
}
