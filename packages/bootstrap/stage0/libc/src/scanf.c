/*
 * sscanf, for numbers alone: %d %i %u %x %o and %n, each with * or a width and the lengths hh h l
 * ll. Any other directive ends the reading.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIELD_LIMIT 80 /* the longest number, in characters */

/* One directive: %[*][width][length]letter */
struct request {
    int skip; /* read, but not kept */
    int width;
    int length; /* -2 hh, -1 h, 0 none, 1 l, 2 ll */
    char letter;
};

static const char *read_request(const char *at, struct request *to) {
    memset(to, 0, sizeof(*to));
    if (*at == '*') {
        to->skip = 1;
        at++;
    }
    for (; isdigit((unsigned char)*at); at++)
        if (to->width < FIELD_LIMIT) to->width = to->width * 10 + *at - '0';
    for (; *at == 'h'; at++) to->length--;
    for (; *at == 'l'; at++) to->length++;
    to->letter = *at;
    return at;
}

/* Puts a number where it is wanted, in the size that is wanted. */
static void store(void *to, const struct request *how, long long value) {
    if (how->skip) return;
    switch (how->length) {
    case -2: *(char *)to = value; return;
    case -1: *(short *)to = value; return;
    case 2: *(long long *)to = value; return;
    default: *(int *)to = value;
    }
}

/* Reads a number at text. Returns how many characters it has, 0 for none. */
static int scan_number(const char *text, const struct request *how, long long *value) {
    char field[FIELD_LIMIT + 1] = "";
    char *end = field;
    strncat(field, text, how->width > 0 && how->width < FIELD_LIMIT ? how->width : FIELD_LIMIT);
    switch (how->letter) {
    case 'd': *value = strtoll(field, &end, 10); break;
    case 'i': *value = strtoll(field, &end, 0); break;
    case 'u': *value = strtoull(field, &end, 10); break;
    case 'x': *value = strtoull(field, &end, 16); break;
    case 'o': *value = strtoull(field, &end, 8); break;
    }
    return end - field;
}

static int scan_all(const char *text, const char *format, va_list *list) {
    const char *start = text;
    struct request request;
    long long value = 0;
    int done = 0, length;
    for (; *format != '\0'; format++) {
        if (*format == '%' && format[1] != '%') {
            void *to;
            format = read_request(format + 1, &request);
            to = request.skip ? NULL : va_arg(*list, void *);
            if (request.letter == 'n') {
                store(to, &request, text - start);
                continue;
            }
            while (isspace((unsigned char)*text)) text++;
            if (*text == '\0') return done == 0 ? EOF : done;
            length = scan_number(text, &request, &value);
            if (length == 0) return done;
            store(to, &request, value);
            text += length;
            done += !request.skip;
        } else if (isspace((unsigned char)*format)) {
            while (isspace((unsigned char)*text)) text++;
        } else {
            if (*format == '%') format++;
            if (*text != *format) return *text == '\0' && done == 0 ? EOF : done;
            text++;
        }
    }
    return done;
}

int sscanf(const char *text, const char *format, ...) {
    int done;
    va_list list;
    va_start(list, format);
    done = scan_all(text, format, &list);
    va_end(list);
    return done;
}
