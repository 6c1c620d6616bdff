/* From seconds since 1970 to a date. There is one time zone, UTC. */
#include <time.h>

static int is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

static int days_of_month(int month, int year) {
    static const char days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month] + (month == 1 && is_leap(year));
}

struct tm *gmtime(const time_t *time) {
    static struct tm result;
    long second = *time % 86400, day = *time / 86400;
    int year = 1970, month = 0;
    if (second < 0) {
        second += 86400;
        day--;
    }
    result.tm_wday = ((day + 4) % 7 + 7) % 7; /* the first day was a Thursday */
    for (; day < 0; day += 365 + is_leap(year)) year--;
    for (; day >= 365 + is_leap(year); year++) day -= 365 + is_leap(year);
    result.tm_year = year - 1900;
    result.tm_yday = day;
    for (; day >= days_of_month(month, year); month++) day -= days_of_month(month, year);
    result.tm_mon = month;
    result.tm_mday = day + 1;
    result.tm_hour = second / 3600;
    result.tm_min = second / 60 % 60;
    result.tm_sec = second % 60;
    return &result;
}

struct tm *localtime(const time_t *time) {
    return gmtime(time);
}
