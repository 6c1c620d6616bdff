/* float.h: IEEE 754 single and double, and the x87's 80 bits as long double. */
#ifndef _FLOAT_H
#define _FLOAT_H
#define FLT_RADIX     2
#define FLT_MANT_DIG  24
#define FLT_DIG       6
#define DBL_MANT_DIG  53
#define DBL_DIG       15
#define DBL_MIN_EXP   (-1021)
#define DBL_MAX_EXP   1024
#define DBL_EPSILON   2.2204460492503131e-16
#define DBL_MIN       2.2250738585072014e-308
#define DBL_MAX       1.7976931348623157e+308
#define LDBL_MANT_DIG 64
#define LDBL_MIN_EXP  (-16381)
#define LDBL_MAX_EXP  16384
#endif
