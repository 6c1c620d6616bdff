/*
 * patch: applies a unified diff.
 *
 *     patch [-p N] [-i FILE]
 *
 * (Long: --strip, --input.) Without -i the diff is read from standard input.
 *
 * N leading folders are cut off the names in the diff, 0 without -p. Files are changed, created (from
 * /dev/null, or where there is none and the first hunk starts at line 0) and removed (to /dev/null, or
 * where the diff dates the new file 1970 and nothing is left). A hunk's old lines must be found exactly
 * as they are: at the line the diff names, moved by what hunks before it were moved, or else at the
 * nearest place to it. There is no fuzz: a hunk that fits nowhere is a failure.
 *
 * All hunks are applied in memory first; no file is touched unless every one of them fits. Names that
 * are absolute, have ".." in them or lead through a symbolic link are refused; so are binary diffs and
 * renames, which a unified diff cannot express.
 */
#include "shared/command.h"
#include "shared/stream.h"
#include "shared/tree.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A line with its newline, if it has one; it lies in the file or diff that it came from. */
struct line {
    const char *text;
    size_t length;
};

struct lines {
    struct line *at;
    int count;
    int room;
};

static void add_line(struct lines *to, const char *text, size_t length) {
    if (to->count == to->room) {
        to->room = to->room == 0 ? 64 : 2 * to->room;
        to->at = reallocate(to->at, to->room * sizeof(struct line));
    }
    to->at[to->count].text = text;
    to->at[to->count++].length = length;
}

static void split_lines(struct lines *to, const char *text, size_t size) {
    const char *end = text + size;
    while (text < end) {
        const char *newline = memchr(text, '\n', end - text);
        const char *next = newline == NULL ? end : newline + 1;
        add_line(to, text, next - text);
        text = next;
    }
}

static int starts_with(const struct line *line, const char *start) {
    size_t length = strlen(start);
    return line->length >= length && memcmp(line->text, start, length) == 0;
}

static int has_newline(const struct line *line) { return line->text[line->length - 1] == '\n'; }

/* --- Files, as they will be --- */

/* A file that the diff names. It is read once; a diff may come back to it. */
struct file {
    struct file *next;
    char *path;
    int existed, exists;
    int mode; /* to be set; -1: as it is */
    struct lines lines;
};

static struct file *files;

static void read_file(struct file *file) {
    struct stat found;
    size_t size;
    char *text;
    if (lstat(file->path, &found) < 0) {
        if (errno == ENOENT || errno == ENOTDIR) return;
        fail_to("look at", file->path);
    }
    if (!S_ISREG(found.st_mode)) fail("%s is not a regular file", file->path);
    input_open(file->path);
    text = input_read_all(&size);
    close(input.fd);
    split_lines(&file->lines, text, size);
    file->existed = file->exists = 1;
}

/* The file of this name, as the diff so far has left it. */
static struct file *find_file(const char *path) {
    const char *refusal = path_refusal(path);
    struct file **at = &files;
    if (refusal != NULL) fail("%s is refused: %s", path, refusal);
    for (; *at != NULL; at = &(*at)->next)
        if (strcmp((*at)->path, path) == 0) return *at;
    check_parents(path);
    *at = allocate(sizeof(struct file));
    memset(*at, 0, sizeof(struct file));
    (*at)->path = strcpy(allocate(strlen(path) + 1), path);
    (*at)->mode = -1;
    read_file(*at);
    return *at;
}

static void write_file(const struct file *file) {
    int i;
    make_parents(file->path);
    output_open(file->path, 0644);
    for (i = 0; i < file->lines.count; i++)
        output_write(file->lines.at[i].text, file->lines.at[i].length);
    output_commit();
    if (file->mode >= 0 || !file->existed) chmod(file->path, file->mode >= 0 ? file->mode : 0644);
}

/* Removes a file, and the folders above it that are empty then. */
static void remove_file(const struct file *file) {
    char *slash;
    if (unlink(file->path) < 0) fail_to("remove", file->path);
    while ((slash = strrchr(file->path, '/')) != NULL) {
        *slash = '\0';
        if (rmdir(file->path) < 0) return;
    }
}

static void write_files(void) {
    const struct file *file;
    for (file = files; file != NULL; file = file->next) {
        if (file->exists) write_file(file);
        else if (file->existed) remove_file(file);
    }
}

/* --- The diff --- */

static struct lines diff;
static int diff_at; /* the line to be looked at next */
static int strip_count;

static int is_at(const char *start) {
    return diff_at < diff.count && starts_with(&diff.at[diff_at], start);
}

/* Whether a date, as diff writes it ("1970-01-01 01:00:00.0 +0100"), is the start of 1970 in UTC. */
static int is_epoch(const char *date) {
    int year, month, day, hour, minute, second, zone;
    const char *last = strrchr(date, ' ');
    if (sscanf(date, "%d-%d-%d %d:%d:%d", &year, &month, &day, &hour, &minute, &second) < 6)
        return 0;
    zone = strtol(last, NULL, 10);
    day = year == 1970 && month == 1 ? day - 1 : year == 1969 && month == 12 ? day - 32 : 99;
    minute += (day * 24 + hour) * 60;
    return second == 0 && minute == zone / 100 * 60 + zone % 100;
}

/* The name in a line "--- NAME" or "+++ NAME\tDATE"; the date, if any, goes to *date. */
static char *read_name(const struct line *line, const char **date) {
    char *name = allocate(line->length + 1);
    char *path = name;
    int i;
    memcpy(name, line->text + 4, line->length - 4);
    name[line->length - 4] = '\0';
    name[strcspn(name, "\r\n")] = '\0';
    *date = strchr(name, '\t') == NULL ? "" : strchr(name, '\t') + 1;
    name[strcspn(name, "\t")] = '\0';
    if (strcmp(name, "/dev/null") == 0) return NULL;
    if (name[0] == '"') fail("line %d: quoted names are not known", diff_at);
    for (i = 0; i < strip_count; i++) {
        path = strchr(path, '/');
        if (path == NULL) fail("line %d: %s has fewer than %d folders", diff_at, name, strip_count);
        path += strspn(path, "/");
    }
    return path;
}

/* The file that two names speak of: that of the new one, unless only the old one's is there. */
static struct file *choose_file(const char *old_path, const char *new_path) {
    struct file *file;
    if (new_path == NULL) return find_file(old_path);
    file = find_file(new_path);
    if (file->exists || old_path == NULL || !find_file(old_path)->exists) return file;
    return find_file(old_path);
}

/* --- Hunks --- */

struct hunk {
    int old_start, old_count, new_count;
    int leading, trailing; /* lines of context before the first and behind the last change */
    struct lines old_lines, new_lines;
};

/* A hunk's range "START,COUNT" or "START"; START counts from 1, but from 0 where COUNT is 0. */
static char *read_range(const char *at, int *start, int *count) {
    char *end;
    *start = strtol(at, &end, 10);
    *count = 1;
    if (end != at && *end == ',') {
        at = end + 1;
        *count = strtol(at, &end, 10);
    }
    if (end == at || *start < 0 || *count < 0) fail("line %d: broken hunk", diff_at + 1);
    return end;
}

static void read_hunk_start(struct hunk *to) {
    int new_start;
    const char *at = read_range(diff.at[diff_at].text + 4, &to->old_start, &to->old_count);
    if (strncmp(at, " +", 2) != 0) fail("line %d: broken hunk", diff_at + 1);
    at = read_range(at + 2, &new_start, &to->new_count);
    if (strncmp(at, " @@", 3) != 0) fail("line %d: broken hunk", diff_at + 1);
    diff_at++;
}

/* Cuts the newline off the last line: "\ No newline at end of file" followed it. */
static void cut_newline(struct lines *lines) {
    if (lines->count > 0 && has_newline(&lines->at[lines->count - 1]))
        lines->at[lines->count - 1].length--;
}

static void read_hunk_lines(struct hunk *to) {
    char kind = ' ';
    while (to->old_lines.count < to->old_count || to->new_lines.count < to->new_count ||
           is_at("\\")) {
        const struct line *line = &diff.at[diff_at];
        if (diff_at == diff.count) fail("line %d: the diff ends in a hunk", diff_at);
        if (line->text[0] == '\\') {
            if (kind != '+') cut_newline(&to->old_lines);
            if (kind != '-') cut_newline(&to->new_lines);
        } else {
            int mark = line->text[0] == '\n' ? 0 : 1; /* 0: a context line whose blank got lost */
            kind = mark == 0 ? ' ' : line->text[0];
            if (strchr(" -+", kind) == NULL) fail("line %d: broken hunk", diff_at + 1);
            to->trailing = kind == ' ' ? to->trailing + 1 : 0;
            if (to->trailing > to->old_lines.count && to->trailing > to->new_lines.count)
                to->leading = to->trailing;
            if (kind != '+') add_line(&to->old_lines, line->text + mark, line->length - mark);
            if (kind != '-') add_line(&to->new_lines, line->text + mark, line->length - mark);
        }
        diff_at++;
    }
    if (to->old_lines.count != to->old_count || to->new_lines.count != to->new_count)
        fail("line %d: a hunk's counts are wrong", diff_at);
}

/* Whether the hunk's old lines stand at this place, and no line would end up behind an unended one. */
static int fits_at(const struct lines *file, const struct hunk *hunk, int at) {
    int i;
    for (i = 0; i < hunk->old_count; i++) {
        const struct line *a = &file->at[at + i], *b = &hunk->old_lines.at[i];
        if (a->length != b->length || memcmp(a->text, b->text, a->length) != 0) return 0;
    }
    if (hunk->new_count == 0) return 1;
    if (at > 0 && !has_newline(&file->at[at - 1])) return 0;
    return at + hunk->old_count == file->count ||
           has_newline(&hunk->new_lines.at[hunk->new_count - 1]);
}

/*
 * The place nearest to `expected`, from `least` on, where the hunk fits; -1 if there is none. A
 * hunk with less context on one side than on the other was cut short by the file's start or end,
 * and belongs there. One without old lines has nothing to be recognised by and fits as expected or
 * not at all.
 */
static int find_place(const struct lines *file, const struct hunk *hunk, int least, int expected) {
    int last = file->count - hunk->old_count;
    int distance;
    if (hunk->old_count == 0)
        return expected >= least && expected <= last && fits_at(file, hunk, expected) ? expected
                                                                                      : -1;
    if (hunk->trailing < hunk->leading && least < last) least = last;
    if (hunk->leading < hunk->trailing && hunk->old_start <= 1) last = 0;
    if (expected > last) expected = last;
    for (distance = 0; expected - distance >= least || expected + distance <= last; distance++) {
        int before = expected - distance, after = expected + distance;
        if (after >= least && after <= last && fits_at(file, hunk, after)) return after;
        if (before >= least && fits_at(file, hunk, before)) return before;
    }
    return -1;
}

static void copy_lines(struct lines *to, const struct lines *from, int start, int end) {
    for (; start < end; start++) add_line(to, from->at[start].text, from->at[start].length);
}

/* Applies all hunks that follow the header to the file. */
static void apply_hunks(struct file *file) {
    struct lines result = {NULL, 0, 0};
    int done = 0, moved = 0, number;
    for (number = 1; is_at("@@ -"); number++) {
        struct hunk hunk;
        int expected, place, line = diff_at + 1;
        memset(&hunk, 0, sizeof(hunk));
        read_hunk_start(&hunk);
        read_hunk_lines(&hunk);
        expected = hunk.old_start - (hunk.old_count > 0) + moved;
        place = find_place(&file->lines, &hunk, done, expected);
        if (place < 0) fail("hunk %d (line %d) does not fit %s", number, line, file->path);
        moved += place - expected;
        copy_lines(&result, &file->lines, done, place);
        copy_lines(&result, &hunk.new_lines, 0, hunk.new_count);
        done = place + hunk.old_count;
        free(hunk.old_lines.at);
        free(hunk.new_lines.at);
    }
    if (number == 1) fail("line %d: no hunk follows the names", diff_at);
    copy_lines(&result, &file->lines, done, file->lines.count);
    file->lines = result;
}

/* --- The whole --- */

/* The change of one file, from its "---" on. mode: what git's lines before it said, or -1. */
static void apply_to_file(int mode) {
    const char *date;
    const char *old_path = read_name(&diff.at[diff_at++], &date); /* NULL for /dev/null */
    const char *new_path = read_name(&diff.at[diff_at++], &date);
    struct file *file;
    if (old_path == NULL && new_path == NULL) fail("line %d: no name", diff_at);
    file = choose_file(old_path, new_path);
    if (old_path == NULL && file->exists) fail("%s is there already", file->path);
    if (old_path != NULL && !file->exists && !is_at("@@ -0,0 "))
        fail("%s is not there", file->path);
    printf("patching file %s\n", file->path);
    apply_hunks(file);
    if (mode >= 0) file->mode = mode & 0777;
    file->exists = file->lines.count > 0 || (new_path != NULL && !is_epoch(date));
    if (file->exists && new_path == NULL)
        fail("%s is to be removed, but something is left of it", file->path);
}

/* git's lines before the names. Returns the mode that the file is to have, or -1. */
static int read_git_lines(void) {
    int mode = -1, changes = 0, start = diff_at++;
    for (; diff_at < diff.count && !is_at("diff --git ") && !is_at("--- "); diff_at++) {
        if (is_at("rename ") || is_at("copy ") || is_at("GIT binary ") || is_at("Binary files "))
            fail("line %d: renames, copies and binary files are not known", diff_at + 1);
        if (is_at("new file mode ")) mode = strtol(diff.at[diff_at].text + 14, NULL, 8);
        if (is_at("new mode ")) mode = strtol(diff.at[diff_at].text + 9, NULL, 8);
        if (is_at("deleted file mode ") || mode >= 0) changes = 1;
    }
    if (changes && !is_at("--- ")) fail("line %d: a change without lines is not known", start + 1);
    return mode;
}

static void apply_diff(void) {
    int mode = -1;
    while (diff_at < diff.count) {
        if (is_at("diff --git ")) {
            mode = read_git_lines();
        } else if (is_at("--- ") && diff_at + 1 < diff.count &&
                   starts_with(&diff.at[diff_at + 1], "+++ ")) {
            apply_to_file(mode);
            mode = -1;
        } else if (is_at("Binary files ") || is_at("@@ -")) {
            fail("line %d: a change that belongs to no file or is binary", diff_at + 1);
        } else {
            diff_at++;
        }
    }
    if (files == NULL) fail("there is no diff in the input");
}

/* The number of folders to cut off, in -pN, -p N or --strip N, or NULL for another argument. */
static char *strip_value(char **argv, int *i) {
    if (strncmp(argv[*i], "-p", 2) == 0 && argv[*i][2] != '\0') return argv[*i] + 2;
    return option_value(argv, i, "-p", "--strip");
}

int main(int argc, char **argv) {
    const char *from = "-";
    char *value, *text, *end;
    size_t size;
    int i;
    command_start("patch");
    for (i = 1; i < argc; i++) {
        if ((value = strip_value(argv, &i)) != NULL) {
            strip_count = strtol(value, &end, 10);
            if (*end != '\0' || end == value || strip_count < 0) fail("-p %s is no number", value);
        } else if ((value = option_value(argv, &i, "-i", "--input")) != NULL) {
            from = value;
        } else {
            fail("unknown argument %s (usage: patch [-p N] [-i FILE])", argv[i]);
        }
    }
    input_open(from);
    text = input_read_all(&size);
    split_lines(&diff, text, size);
    apply_diff();
    write_files();
    return 0;
}
