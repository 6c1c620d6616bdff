/* The printf family: directives, integers, strings. Floating point is in printf_float.c. */
#include "printf.h"
#include "file.h"
#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

void __emit(struct output *out, const char *text, size_t length) {
    size_t kept = length;
    out->length += length;
    if (out->file != NULL) {
        if (length > 0 && fwrite(text, 1, length, out->file) != length) out->failed = 1;
        return;
    }
    if (kept > out->room) kept = out->room;
    memcpy(out->to, text, kept);
    out->to += kept;
    out->room -= kept;
}

void __emit_repeated(struct output *out, char c, int count) {
    for (; count > 0; count--) __emit(out, &c, 1);
}

void __emit_field(struct output *out, const struct directive *how, const char *prefix, int zeros,
                  const char *body, int body_length, int zero_fill) {
    int prefix_length = strlen(prefix);
    int blanks = how->width - prefix_length - zeros - body_length;
    if (zero_fill && (how->flags & FLAG_ZERO) && !(how->flags & FLAG_LEFT) && blanks > 0) {
        zeros += blanks;
        blanks = 0;
    }
    if (!(how->flags & FLAG_LEFT)) __emit_repeated(out, ' ', blanks);
    __emit(out, prefix, prefix_length);
    __emit_repeated(out, '0', zeros);
    __emit(out, body, body_length);
    if (how->flags & FLAG_LEFT) __emit_repeated(out, ' ', blanks);
}

/* Writes the digits of a number before `end` and returns where they start; none for 0. */
static char *digits_before(char *end, unsigned long long value, int base, int capitals) {
    const char *digits = capitals ? "0123456789ABCDEF" : "0123456789abcdef";
    unsigned int low;
    for (; value > UINT_MAX; value /= base) *--end = digits[value % base];
    for (low = value; low != 0; low /= base) *--end = digits[low % base];
    return end;
}

static void emit_integer(struct output *out, const struct directive *how, unsigned long long value,
                         const char *prefix) {
    char buffer[24]; /* 2^64 has 22 octal digits */
    char *end = buffer + sizeof(buffer);
    int base = how->letter == 'o' ? 8 : tolower(how->letter) == 'x' ? 16 : 10;
    char *start = digits_before(end, value, base, how->letter == 'X');
    int zeros = (how->precision < 0 ? 1 : how->precision) - (end - start);
    if (base == 8 && (how->flags & FLAG_ALTERNATE) && zeros < 1) zeros = 1;
    if (base == 16 && (how->flags & FLAG_ALTERNATE) && value != 0)
        prefix = how->letter == 'X' ? "0X" : "0x";
    __emit_field(out, how, prefix, zeros < 0 ? 0 : zeros, start, end - start, how->precision < 0);
}

/* Cuts a value to the type that the length names, with its sign where the type has one. */
static long long fit(long long value, int length, int is_signed) {
    switch (length) {
    case -2: return is_signed ? (long long)(signed char)value : (long long)(unsigned char)value;
    case -1: return is_signed ? (long long)(short)value : (long long)(unsigned short)value;
    }
    return value;
}

static void emit_signed(struct output *out, const struct directive *how, long long value) {
    const char *prefix = how->flags & FLAG_PLUS ? "+" : how->flags & FLAG_SPACE ? " " : "";
    value = fit(value, how->length, 1);
    if (value < 0) {
        emit_integer(out, how, -(unsigned long long)value, "-");
    } else {
        emit_integer(out, how, value, prefix);
    }
}

static void emit_string(struct output *out, const struct directive *how, const char *text) {
    int length = 0;
    if (text == NULL) text = "(null)";
    while ((how->precision < 0 || length < how->precision) && text[length] != '\0') length++;
    __emit_field(out, how, "", 0, text, length, 0);
}

static void emit_pointer(struct output *out, struct directive *how, void *pointer) {
    how->letter = 'x';
    how->flags |= FLAG_ALTERNATE;
    if (pointer == NULL) {
        emit_string(out, how, "(nil)");
    } else {
        emit_integer(out, how, (unsigned int)pointer, "");
    }
}

/* Takes one argument and emits it. Returns 0 for an unknown letter. */
static int emit_argument(struct output *out, struct directive *how, va_list *list) {
    char c;
    switch (how->letter) {
    case 'd':
    case 'i':
        if (how->length == 2) emit_signed(out, how, va_arg(*list, long long));
        else emit_signed(out, how, va_arg(*list, int));
        return 1;
    case 'o':
    case 'u':
    case 'x':
    case 'X':
        if (how->length == 2) emit_integer(out, how, va_arg(*list, unsigned long long), "");
        else emit_integer(out, how, fit(va_arg(*list, unsigned int), how->length, 0), "");
        return 1;
    case 'c':
        c = va_arg(*list, int);
        __emit_field(out, how, "", 0, &c, 1, 0);
        return 1;
    case 's': emit_string(out, how, va_arg(*list, char *)); return 1;
    case 'p': emit_pointer(out, how, va_arg(*list, void *)); return 1;
    case 'n': *va_arg(*list, int *) = out->length; return 1;
    case '%': __emit(out, "%", 1); return 1;
    }
    if (how->letter == '\0' || strchr("eEfFgG", how->letter) == NULL) return 0;
    if (how->length == 3) __emit_double(out, how, va_arg(*list, long double));
    else __emit_double(out, how, va_arg(*list, double));
    return 1;
}

/* A width or precision: digits, or * for an argument. */
static const char *read_count(const char *at, int *count, va_list *list) {
    *count = 0;
    if (*at == '*') {
        *count = va_arg(*list, int);
        return at + 1;
    }
    for (; isdigit((unsigned char)*at); at++)
        if (*count < INT_MAX / 20) *count = *count * 10 + *at - '0';
    return at;
}

static const char *read_length(const char *at, int *length) {
    for (*length = 0;; at++) {
        switch (*at) {
        case 'h': --*length; continue;
        case 'l': ++*length; continue;
        case 'L': *length = 3; continue;
        case 'j': *length = 2; continue;
        case 'z':
        case 't': continue;
        }
        return at;
    }
}

/* Reads a directive behind its % and returns where the letter stands. */
static const char *read_directive(const char *at, struct directive *to, va_list *list) {
    static const char letters[] = "-+ #0";
    const char *flag;
    to->flags = 0;
    to->precision = -1;
    for (; *at != '\0' && (flag = strchr(letters, *at)) != NULL; at++)
        to->flags |= 1 << (flag - letters);
    at = read_count(at, &to->width, list);
    if (to->width < 0) {
        to->width = -to->width;
        to->flags |= FLAG_LEFT;
    }
    if (*at == '.') at = read_count(at + 1, &to->precision, list);
    at = read_length(at, &to->length);
    to->letter = *at;
    return at;
}

/* The core of all of them. A directive that is not known is emitted as it stands. */
static void emit_formatted(struct output *out, const char *format, va_list *list) {
    struct directive directive;
    while (*format != '\0') {
        const char *end = format;
        while (*end != '\0' && *end != '%') end++;
        __emit(out, format, end - format);
        format = end;
        if (*format == '\0') return;
        end = read_directive(format + 1, &directive, list);
        if (*end != '\0') end++;
        if (!emit_argument(out, &directive, list)) __emit(out, format, end - format);
        format = end;
    }
}

int vsnprintf(char *to, size_t size, const char *format, va_list list) {
    struct output out;
    va_list copy;
    memset(&out, 0, sizeof(out));
    out.to = to;
    out.room = size > 0 ? size - 1 : 0;
    va_copy(copy, list);
    emit_formatted(&out, format, &copy);
    va_end(copy);
    if (size > 0) *out.to = '\0';
    return out.length;
}

/* What is unbuffered, or a terminal, gets the whole text in one piece. */
int vfprintf(FILE *file, const char *format, va_list list) {
    struct output out;
    va_list copy;
    int at_once = file->flags & (FILE_LINES | FILE_UNBUFFERED);
    memset(&out, 0, sizeof(out));
    out.file = file;
    file->flags &= ~at_once;
    va_copy(copy, list);
    emit_formatted(&out, format, &copy);
    va_end(copy);
    file->flags |= at_once;
    if (at_once && fflush(file) < 0) out.failed = 1;
    return out.failed ? -1 : out.length;
}

int printf(const char *format, ...) {
    int length;
    va_list list;
    va_start(list, format);
    length = vfprintf(stdout, format, list);
    va_end(list);
    return length;
}

int fprintf(FILE *file, const char *format, ...) {
    int length;
    va_list list;
    va_start(list, format);
    length = vfprintf(file, format, list);
    va_end(list);
    return length;
}

int sprintf(char *to, const char *format, ...) {
    int length;
    va_list list;
    va_start(list, format);
    length = vsnprintf(to, INT_MAX, format, list);
    va_end(list);
    return length;
}

int snprintf(char *to, size_t size, const char *format, ...) {
    int length;
    va_list list;
    va_start(list, format);
    length = vsnprintf(to, size, format, list);
    va_end(list);
    return length;
}
