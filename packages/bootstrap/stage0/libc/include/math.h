/* math.h: the one function that TinyCC asks for, and what comes with it. */
#ifndef _MATH_H
#define _MATH_H
double ldexp(double value, int exponent);
double fabs(double value);
#endif
