/* From seconds since 1970 to a date. There is one time zone, UTC. */
#include <time.h>

#define DAYS_IN_ERA 146097 /* 400 years of the Gregorian calendar */

/*
 * Years are counted from March, so that the leap day is a year's last. From a day number since
 * 0000-03-01: the year within its era, the day within that year, and the month from the day, since
 * the months from March on have 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31 days: (153 m + 2) / 5
 * days lie before month m.
 */
static void date_of_day(long day, struct tm *to) {
    long from_march = day + 719468; /* 0000-03-01 to 1970-01-01 */
    long era = (from_march >= 0 ? from_march : from_march - (DAYS_IN_ERA - 1)) / DAYS_IN_ERA;
    long of_era = from_march - era * DAYS_IN_ERA;
    long year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    long of_year = of_era - (365 * year + year / 4 - year / 100);
    long month = (5 * of_year + 2) / 153;
    int leap;
    to->tm_mday = of_year - (153 * month + 2) / 5 + 1;
    to->tm_mon = month < 10 ? month + 2 : month - 10;
    year += era * 400 + (to->tm_mon < 2);
    to->tm_year = year - 1900;
    leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    to->tm_yday = month < 10 ? of_year + 59 + leap : of_year - 306;
    to->tm_wday = ((day + 4) % 7 + 7) % 7;
}

struct tm *gmtime(const time_t *time) {
    static struct tm result;
    long day = *time / 86400;
    long second = *time % 86400;
    if (second < 0) {
        second += 86400;
        day--;
    }
    date_of_day(day, &result);
    result.tm_hour = second / 3600;
    result.tm_min = second / 60 % 60;
    result.tm_sec = second % 60;
    result.tm_isdst = 0;
    return &result;
}

struct tm *localtime(const time_t *time) {
    return gmtime(time);
}
