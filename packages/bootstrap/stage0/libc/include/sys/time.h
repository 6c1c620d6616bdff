/* sys/time.h: the clock, and the times of files. */
#ifndef _SYS_TIME_H
#define _SYS_TIME_H
#include <sys/types.h>
struct timeval {
    long tv_sec;
    long tv_usec;
};
int gettimeofday(struct timeval *now, void *zone);
/* Sets a file's access and modification time, a symbolic link's own too (not POSIX: whole seconds).
 */
int __set_file_time(const char *path, time_t seconds);
#endif
