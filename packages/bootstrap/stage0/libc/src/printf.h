/* printf.h: what the parts of printf share; not for programs. */
#ifndef PRINTF_H
#define PRINTF_H
#include <stdio.h>

#define FLAG_LEFT      1  /* - */
#define FLAG_PLUS      2  /* + */
#define FLAG_SPACE     4  /* blank */
#define FLAG_ALTERNATE 8  /* # */
#define FLAG_ZERO      16 /* 0 */

/* Where text goes: to a file, or into a string of limited size. */
struct output {
    FILE *file;
    char *to;
    size_t room; /* bytes left in the string, its NUL not counted */
    int length;  /* of all the text, also of what found no room */
    int failed;
};

/* One directive: %[flags][width][.precision][length]letter */
struct directive {
    int flags;
    int width;
    int precision; /* -1: none given */
    int length;    /* -2 hh, -1 h, 0 none, 1 l or z or t, 2 ll or j, 3 L */
    char letter;
};

void __emit(struct output *out, const char *text, size_t length);
void __emit_repeated(struct output *out, char c, int count);

/*
 * Emits a field: prefix (a sign, 0x), zeros, body, filled up to the directive's width with blanks
 * on the side that its flags say, or with zeros after the prefix where zero_fill allows it.
 */
void __emit_field(struct output *out, const struct directive *how, const char *prefix, int zeros,
                  const char *body, int body_length, int zero_fill);

/* Emits a double as %e, %f or %g (or their capitals) have it. */
void __emit_double(struct output *out, const struct directive *how, double value);

#endif
