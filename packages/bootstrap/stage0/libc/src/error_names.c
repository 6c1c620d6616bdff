/* What errno's numbers mean, in the words that Unix uses. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

static const struct {
    int number;
    const char *text;
} names[] = {
    {0, "Success"},
    {EPERM, "Operation not permitted"},
    {ENOENT, "No such file or directory"},
    {EIO, "Input/output error"},
    {ENOEXEC, "Exec format error"},
    {EBADF, "Bad file descriptor"},
    {ENOMEM, "Cannot allocate memory"},
    {EACCES, "Permission denied"},
    {EEXIST, "File exists"},
    {ENOTDIR, "Not a directory"},
    {EISDIR, "Is a directory"},
    {EINVAL, "Invalid argument"},
    {ENOSPC, "No space left on device"},
    {ENAMETOOLONG, "File name too long"},
    {ENOTEMPTY, "Directory not empty"},
    {ELOOP, "Too many levels of symbolic links"},
};

char *strerror(int number) {
    static char unknown[32];
    size_t i;
    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (names[i].number == number) return (char *)names[i].text;
    sprintf(unknown, "Error %d", number);
    return unknown;
}
