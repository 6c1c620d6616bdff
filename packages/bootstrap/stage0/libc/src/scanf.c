/* sscanf: numbers and words out of a string. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIELD_LIMIT 127 /* the longest number, in characters */

/* One directive: %[*][width][length]letter */
struct request {
    int skip; /* read, but not kept */
    int width;
    int length; /* as in printf.h */
    char letter;
};

static const char *read_request(const char *at, struct request *to) {
    memset(to, 0, sizeof(*to));
    if (*at == '*') {
        to->skip = 1;
        at++;
    }
    for (; isdigit((unsigned char)*at); at++)
        if (to->width < 100000) to->width = to->width * 10 + *at - '0';
    for (;; at++) {
        if (*at == 'h')
            to->length--;
        else if (*at == 'l')
            to->length++;
        else if (*at == 'L')
            to->length = 3;
        else if (*at == 'j')
            to->length = 2;
        else if (*at != 'z' && *at != 't')
            break;
    }
    to->letter = *at;
    return at;
}

/* Puts an integer where it is wanted, in the size that is wanted. */
static void store_integer(void *to, int length, long long value) {
    switch (length) {
    case -2: *(char *)to = value; return;
    case -1: *(short *)to = value; return;
    case 2: *(long long *)to = value; return;
    default: *(int *)to = value;
    }
}

static void store_double(void *to, int length, const char *field) {
    switch (length) {
    case 1: *(double *)to = strtod(field, NULL); return;
    case 3: *(long double *)to = strtold(field, NULL); return;
    default: *(float *)to = strtof(field, NULL);
    }
}

/* Reads a number at text into `to` (NULL: nowhere). Returns how many characters it has, 0 for none.
 */
static int scan_number(const char *text, const struct request *how, void *to) {
    static const char letters[] = "diuxXop";
    static const char bases[] = {10, 0, 10, 16, 16, 8, 16};
    char field[FIELD_LIMIT + 1];
    char *end;
    const char *letter = strchr(letters, how->letter);
    int width = how->width > 0 && how->width < FIELD_LIMIT ? how->width : FIELD_LIMIT;
    field[0] = '\0';
    strncat(field, text, width);
    if (letter == NULL) {
        strtod(field, &end);
        if (to != NULL && end != field) store_double(to, how->length, field);
    } else {
        int base = bases[letter - letters];
        long long value = how->letter == 'd' || how->letter == 'i'
                              ? strtoll(field, &end, base)
                              : (long long)strtoull(field, &end, base);
        if (to != NULL && end != field) store_integer(to, how->length, value);
    }
    return end - field;
}

/* The length of a word (%s), a given number of characters (%c), or of characters of a set (%[…]).
 */
static int scan_text(const char *text, const struct request *how, const char *set, int inverted) {
    int limit = how->width > 0 ? how->width : how->letter == 'c' ? 1 : 0x7fffffff;
    int length = 0;
    for (; length < limit && text[length] != '\0'; length++) {
        if (how->letter == 's' && isspace((unsigned char)text[length])) break;
        if (how->letter == '[' && (strchr(set, text[length]) != NULL) == inverted) break;
    }
    return how->letter == 'c' && length < limit ? 0 : length;
}

/* Reads the set of %[…] behind its bracket; a range is written out. Returns where the closing ]
 * stands. */
static const char *read_set(const char *at, char *set, int *inverted) {
    int size = 0;
    const char *start;
    *inverted = *at == '^';
    if (*inverted) at++;
    for (start = at; *at != '\0' && (*at != ']' || at == start); at++) {
        int last = (unsigned char)*at, c = last;
        if (at[1] == '-' && at[2] != ']' && at[2] != '\0') last = (unsigned char)at[2], at += 2;
        for (; c <= last && size < 255; c++) set[size++] = c;
    }
    set[size] = '\0';
    return at;
}

/* What a directive but %n takes from the text, into `to` unless that is NULL. Returns its length. */
static int scan(const char *text, const struct request *how, void *to, const char *set, int inverted) {
    int length;
    if (strchr("cs[", how->letter) == NULL) return scan_number(text, how, to);
    length = scan_text(text, how, set, inverted);
    if (to == NULL || length == 0) return length;
    memcpy(to, text, length);
    if (how->letter != 'c') ((char *)to)[length] = '\0';
    return length;
}

static const char *skip_blanks(const char *text) {
    while (isspace((unsigned char)*text)) text++;
    return text;
}

static int scan_all(const char *text, const char *format, va_list *list) {
    const char *start = text;
    char set[256];
    int done = 0, inverted = 0;
    struct request request;
    for (; *format != '\0'; format++) {
        void *to = NULL;
        int length;
        if (isspace((unsigned char)*format)) {
            text = skip_blanks(text);
            continue;
        }
        if (*format != '%' || *++format == '%') {
            if (*format == '%') text = skip_blanks(text);
            if (*text != *format) return *text == '\0' && done == 0 ? EOF : done;
            text++;
            continue;
        }
        format = read_request(format, &request);
        if (request.letter == '[') format = read_set(format + 1, set, &inverted);
        if (!request.skip) to = va_arg(*list, void *);
        if (request.letter == 'n') {
            store_integer(to, request.length, text - start);
            continue;
        }
        if (request.letter != 'c' && request.letter != '[') text = skip_blanks(text);
        if (*text == '\0') return done == 0 ? EOF : done;
        length = scan(text, &request, to, set, inverted);
        if (length == 0) return done;
        text += length;
        done += !request.skip;
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
