/* Reading directories: the kernel hands out several records at a time. */
#include "syscall.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A record (linux_dirent64): inode 8 bytes, offset 8, its own length 2, type 1, the name up to a
 * NUL. */
#define RECORD_LENGTH 16
#define RECORD_NAME   19

struct __directory {
    int fd;
    int position;
    int end;
    struct dirent entry;
    char records[4096];
};

DIR *opendir(const char *path) {
    DIR *dir;
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return NULL;
    dir = malloc(sizeof(DIR));
    if (dir == NULL) {
        close(fd);
        return NULL;
    }
    dir->fd = fd;
    dir->position = dir->end = 0;
    return dir;
}

struct dirent *readdir(DIR *dir) {
    char *record;
    if (dir->position == dir->end) {
        int size = __syscall3(SYS_GETDENTS64, dir->fd, dir->records, sizeof(dir->records));
        if (size <= 0) return NULL;
        dir->position = 0;
        dir->end = size;
    }
    record = dir->records + dir->position;
    dir->position += *(unsigned short *)(record + RECORD_LENGTH);
    dir->entry.d_ino = *(unsigned int *)record;
    strcpy(dir->entry.d_name, record + RECORD_NAME);
    return &dir->entry;
}

int closedir(DIR *dir) {
    int result = close(dir->fd);
    free(dir);
    return result;
}
