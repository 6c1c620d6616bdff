/*
 * decimal.h: between binary floating point and decimal digits, exactly; not for programs.
 *
 * A decimal is a fixed-point number in base 10^9: limb i counts 10^(9 * (DECIMAL_POINT - 1 - i)),
 * so the limbs before DECIMAL_POINT are the integer part. Doubling and halving such a number is
 * exact, because 2 divides 10; so moving it by the binary exponent of a float loses nothing, and no
 * floating-point instruction of the machine takes part in any conversion. Sized for the x87's long
 * double: 10^4932 above, and below it what 16384 halvings of that leave behind.
 */
#ifndef DECIMAL_H
#define DECIMAL_H

#define DECIMAL_POINT 560
#define DECIMAL_LIMBS 2500
#define DECIMAL_BASE  1000000000

struct decimal {
    int first; /* the most significant limb that is not 0 */
    int end; /* one past the least significant limb that is not 0; equals first for the number 0 */
    unsigned int limb[DECIMAL_LIMBS];
};

void __decimal_set(struct decimal *number, unsigned long long value);
void __decimal_double(struct decimal *number, int times); /* 0 to 29 times */
void __decimal_halve(struct decimal *number, int times);  /* 0 to 9 times */

/* Takes the integer part (at most 64 bits of it) away from the number and returns it. */
unsigned long long __decimal_take_integer(struct decimal *number);

/* The parts of a double: value = mantissa * 2^exponent; mantissa < 2^53, 0 for zero. */
struct binary {
    unsigned long long mantissa;
    int exponent;
    int negative;
    int special; /* infinite where the mantissa is 0, else not a number */
};

void __split_double(double value, struct binary *to);

#endif
