/* The system calls of unistd.h, fcntl.h, sys/stat.h and sys/wait.h, each as thin as it can be. */
#include "syscall.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define O_LARGEFILE         0100000
#define TCGETS              0x5401
#define AT_FDCWD            (-100)
#define AT_SYMLINK_NOFOLLOW 0x100

int open(const char *path, int flags, ...) {
    int mode = 0;
    va_list list;
    va_start(list, flags);
    if (flags & O_CREAT) mode = va_arg(list, int);
    va_end(list);
    return __syscall3(SYS_OPEN, path, flags | O_LARGEFILE, mode);
}

int close(int fd) { return __syscall1(SYS_CLOSE, fd); }
ssize_t read(int fd, void *to, size_t size) { return __syscall3(SYS_READ, fd, to, size); }
ssize_t write(int fd, const void *from, size_t size) {
    return __syscall3(SYS_WRITE, fd, from, size);
}
off_t lseek(int fd, off_t offset, int whence) { return __syscall3(SYS_LSEEK, fd, offset, whence); }
int dup2(int from, int to) { return __syscall2(SYS_DUP2, from, to); }
int pipe(int *ends) { return __syscall1(SYS_PIPE, ends); }

int access(const char *path, int mode) { return __syscall2(SYS_ACCESS, path, mode); }
int chdir(const char *path) { return __syscall1(SYS_CHDIR, path); }
int chmod(const char *path, mode_t mode) { return __syscall2(SYS_CHMOD, path, mode); }
int fchmod(int fd, mode_t mode) { return __syscall2(SYS_FCHMOD, fd, mode); }
int link(const char *from, const char *to) { return __syscall2(SYS_LINK, from, to); }
int mkdir(const char *path, mode_t mode) { return __syscall2(SYS_MKDIR, path, mode); }
int rename(const char *from, const char *to) { return __syscall2(SYS_RENAME, from, to); }
int rmdir(const char *path) { return __syscall1(SYS_RMDIR, path); }
int symlink(const char *target, const char *path) { return __syscall2(SYS_SYMLINK, target, path); }
mode_t umask(mode_t mask) { return __syscall1(SYS_UMASK, mask); }
int unlink(const char *path) { return __syscall1(SYS_UNLINK, path); }

ssize_t readlink(const char *path, char *to, size_t size) {
    return __syscall3(SYS_READLINK, path, to, size);
}

char *getcwd(char *to, size_t size) { return __syscall2(SYS_GETCWD, to, size) < 0 ? NULL : to; }

int remove(const char *path) {
    if (unlink(path) == 0) return 0;
    return errno == EISDIR || errno == EPERM ? rmdir(path) : -1;
}

/* A terminal is what answers a terminal's question; the answer itself (36 bytes) is of no interest. */
int isatty(int fd) {
    char settings[64];
    return __syscall3(SYS_IOCTL, fd, TCGETS, settings) == 0;
}

/*
 * The kernel's stat64 is 24 words on i386: device 0-1, mode 4, size 11-12, modification time 18,
 * inode 22-23. Read as words, so that nothing hangs on how a compiler lays out a structure.
 */
static int stat_by(int call, int what, struct stat *to) {
    unsigned int words[24];
    if (__syscall2(call, what, words) < 0) return -1;
    if (words[12] != 0 || words[11] > 0x7fffffff) {
        errno = EOVERFLOW;
        return -1;
    }
    to->st_dev = words[0];
    to->st_ino = words[22];
    to->st_mode = words[4];
    to->st_size = words[11];
    to->st_mtime = words[18];
    return 0;
}

int stat(const char *path, struct stat *to) { return stat_by(SYS_STAT64, (int)path, to); }
int lstat(const char *path, struct stat *to) { return stat_by(SYS_LSTAT64, (int)path, to); }
int fstat(int fd, struct stat *to) { return stat_by(SYS_FSTAT64, fd, to); }

int __set_file_time(const char *path, time_t seconds) {
    int times[4];
    times[0] = times[2] = seconds;
    times[1] = times[3] = 0; /* nanoseconds */
    return __checked(
        __syscall(SYS_UTIMENSAT, AT_FDCWD, (int)path, (int)times, AT_SYMLINK_NOFOLLOW, 0));
}

pid_t fork(void) { return __syscall0(SYS_FORK); }
pid_t getpid(void) { return __syscall0(SYS_GETPID); }
pid_t waitpid(pid_t pid, int *status, int options) {
    return __syscall3(SYS_WAITPID, pid, status, options);
}

int execve(const char *path, char *const *argv, char *const *envp) {
    return __syscall3(SYS_EXECVE, path, argv, envp);
}

/* Looks a name without a slash up in each folder of PATH. Returns only when nothing could be run. */
int execvp(const char *name, char *const *argv) {
    char path[PATH_MAX];
    const char *folder = getenv("PATH");
    if (strchr(name, '/') != NULL) return execve(name, argv, environ);
    if (folder == NULL) folder = "/bin:/usr/bin";
    for (;;) {
        size_t length = strcspn(folder, ":");
        if (length + strlen(name) + 3 <= sizeof(path)) {
            memcpy(path, length == 0 ? "." : folder, length == 0 ? 1 : length);
            sprintf(path + (length == 0 ? 1 : length), "/%s", name);
            execve(path, argv, environ);
            if (errno != ENOENT && errno != ENOTDIR && errno != EACCES) return -1;
        }
        if (folder[length] == '\0') return -1;
        folder += length + 1;
    }
}

time_t time(time_t *to) {
    struct timeval now;
    if (gettimeofday(&now, NULL) < 0) return -1;
    if (to != NULL) *to = now.tv_sec;
    return now.tv_sec;
}

int gettimeofday(struct timeval *now, void *zone) {
    return __syscall2(SYS_GETTIMEOFDAY, now, zone);
}
int mprotect(void *start, size_t size, int protection) {
    return __syscall3(SYS_MPROTECT, start, size, protection);
}
