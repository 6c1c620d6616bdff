/* time.h: calendar time, always in UTC: a build must not depend on a time zone. */
#ifndef _TIME_H
#define _TIME_H
#include <sys/types.h>
struct tm {
    int tm_sec, tm_min, tm_hour, tm_mday, tm_mon, tm_year, tm_wday, tm_yday, tm_isdst;
};
time_t time(time_t *to);
struct tm *gmtime(const time_t *time);
struct tm *localtime(const time_t *time);
#endif
