// What generated code calls, in the C that cc2 compiles: division of 64-bit integers, which the machine
// only has for 32 bits, and conversions between unsigned ones and floating point.

typedef unsigned int word;
typedef unsigned long long dword;

// High and low word by a single word, which leaves a quotient of one word if high < divisor.
static word divide_words(word high, word low, word divisor, word *remainder)
{
    __code(0x8B, 0x55, 0x08);           /* mov 8(%ebp),%edx */
    __code(0x8B, 0x45, 0x0C);           /* mov 12(%ebp),%eax */
    __code(0xF7, 0x75, 0x10);           /* divl 16(%ebp) */
    __code(0x8B, 0x4D, 0x14);           /* mov 20(%ebp),%ecx */
    __code(0x89, 0x11);                 /* mov %edx,(%ecx) */
    return __code(0x90);                /* nop: the quotient is in %eax */
}

static dword divide(dword a, dword b, dword *remainder)
{
    dword quotient = 0;
    dword rest = 0;
    int i;
    if (b >> 32 == 0) {
        word high_rest = 0, low_rest;
        word high = divide_words(0, (word)(a >> 32), (word)b, &high_rest);
        word low = divide_words(high_rest, (word)a, (word)b, &low_rest);
        *remainder = low_rest;
        return (dword)high << 32 | low;
    }
    // The quotient has 32 bits at most: the upper half of a goes to the rest at once.
    rest = a >> 32;
    for (i = 31; i >= 0; i--) {
        rest = rest << 1 | (a >> i & 1);
        if (rest >= b) {
            rest -= b;
            quotient |= 1ULL << i;
        }
    }
    *remainder = rest;
    return quotient;
}

dword __udivdi3(dword a, dword b)
{
    dword remainder;
    return divide(a, b, &remainder);
}

dword __umoddi3(dword a, dword b)
{
    dword remainder;
    divide(a, b, &remainder);
    return remainder;
}

static dword magnitude(long long a)
{
    return a < 0 ? -(dword)a : (dword)a;
}

long long __divdi3(long long a, long long b)
{
    dword remainder;
    dword quotient = divide(magnitude(a), magnitude(b), &remainder);
    return (a < 0) != (b < 0) ? -quotient : quotient;
}

long long __moddi3(long long a, long long b)
{
    dword remainder;
    divide(magnitude(a), magnitude(b), &remainder);
    return a < 0 ? -remainder : remainder;
}

// The machine converts signed integers only. Above 2^63 they are off by 2^64, or shifted there first.
long double __floatundixf(dword a)
{
    long double real = (long long)a;
    return real < 0 ? real + 18446744073709551616.0L : real;
}

dword __fixunsxfdi(long double real)
{
    if (real < 9223372036854775808.0L) return (long long)real;
    return (long long)(real - 9223372036854775808.0L) ^ 1ULL << 63;
}
