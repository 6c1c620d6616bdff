/* Numbers: long double in the calls, in memory and in print, complex ones, rounding, 128 bits. */
#include <complex.h>
#include <fenv.h>
#include <float.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition) ((condition) ? (void)0 : (printf("%d: %s\n", __LINE__, #condition), exit(1)))

static long double sum(int count, ...) {
    long double total = 0;
    va_list list;
    va_start(list, count);
    while (count-- > 0) total += va_arg(list, long double);
    va_end(list);
    return total;
}

static volatile double one = 1, three = 3;

static void check_long_double(void) {
    char text[64];
    long double tiny = 1 + LDBL_EPSILON;
    CHECK(LDBL_MANT_DIG > DBL_MANT_DIG && tiny > 1 && (double)tiny == 1);
    CHECK(sum(3, 0.25L, 0.5L, LDBL_EPSILON) == 0.75L + LDBL_EPSILON);
    snprintf(text, sizeof text, "%.17Lf", sqrtl(2));
    CHECK(strcmp(text, "1.41421356237309505") == 0);
    snprintf(text, sizeof text, "%La", tiny);
    CHECK(strtold(text, NULL) == tiny);
    CHECK(powl(2, 16383) < INFINITY && powl(2, 16384) == INFINITY);
}

static void check_rounding(void) {
    fesetround(FE_UPWARD);
    double up = one / three;
    fesetround(FE_DOWNWARD);
    double down = one / three;
    fesetround(FE_TONEAREST);
    CHECK(up > down && nextafter(down, 1) == up);
    feclearexcept(FE_ALL_EXCEPT);
    CHECK(one / (three - 3) == INFINITY && fetestexcept(FE_DIVBYZERO));
}

static void check_wide_integers(void) {
    unsigned __int128 product = (unsigned __int128)0xFFFFFFFFFFFFFFFF * 0xFFFFFFFFFFFFFFFF;
    CHECK((unsigned long)(product >> 64) == 0xFFFFFFFFFFFFFFFE && (unsigned long)product == 1);
    CHECK((unsigned long)(product / 0xFFFFFFFFFFFFFFFF) == 0xFFFFFFFFFFFFFFFF);
    long result;
    CHECK(__builtin_mul_overflow(1L << 62, 2L, &result));
}

int main(void) {
    check_long_double();
    check_rounding();
    check_wide_integers();
    CHECK(cabs(csqrt(-4) - 2 * I) < 1e-15);
    CHECK(fma(0x1p53, 0x1p53, 1) == 0x1p106 && isnan(fmod(one, three - 3)));
    return 0;
}
