/* dirent.h: the names in a directory, in the kernel's order (sort them where order shows). */
#ifndef _DIRENT_H
#define _DIRENT_H
struct dirent {
    unsigned int d_ino;
    char d_name[256];
};
typedef struct __directory DIR;
DIR *opendir(const char *path);
struct dirent *readdir(DIR *dir);
int closedir(DIR *dir);
#endif
