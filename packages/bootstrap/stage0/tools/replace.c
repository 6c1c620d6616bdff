/*
 * replace: copies a file with every occurrence of one string replaced by another.
 *
 *     replace --file FROM --output TO --match-on STRING --replace-with STRING
 *
 * (Short: -f -o -m -r.) FROM and TO may be the same. Occurrences are searched from the start, each
 * behind the end of the one before. That there is none is no failure; that the string is empty is.
 */
#include "shared/command.h"
#include "shared/stream.h"
#include <stdlib.h>
#include <string.h>

static void write_replaced(const char *text, size_t size, const char *match, const char *with) {
    const char *end = text + size;
    const char *kept = text; /* from here on nothing is written yet */
    size_t length = strlen(match);
    while ((size_t)(end - text) >= length) {
        text = memchr(text, match[0], end - text - length + 1);
        if (text == NULL) break;
        if (memcmp(text, match, length) != 0) {
            text++;
            continue;
        }
        output_write(kept, text - kept);
        output_write(with, strlen(with));
        kept = text += length;
    }
    output_write(kept, end - kept);
}

int main(int argc, char **argv) {
    const char *from = NULL, *to = NULL, *match = NULL, *with = NULL;
    char *text, *value;
    size_t size;
    int i;
    command_start("replace");
    for (i = 1; i < argc; i++) {
        if ((value = option_value(argv, &i, "-f", "--file")) != NULL) from = value;
        else if ((value = option_value(argv, &i, "-o", "--output")) != NULL) to = value;
        else if ((value = option_value(argv, &i, "-m", "--match-on")) != NULL) match = value;
        else if ((value = option_value(argv, &i, "-r", "--replace-with")) != NULL) with = value;
        else fail("unknown argument %s", argv[i]);
    }
    if (from == NULL || to == NULL || match == NULL || with == NULL)
        fail("usage: replace --file FROM --output TO --match-on STRING --replace-with STRING");
    if (match[0] == '\0') fail("an empty string cannot be replaced");
    input_open(from);
    text = input_read_all(&size);
    output_open(to, 0666);
    write_replaced(text, size, match, with);
    output_commit();
    return 0;
}
