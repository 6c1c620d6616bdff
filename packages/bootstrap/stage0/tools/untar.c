/*
 * untar: unpacks a tar archive: ustar, with the extensions of POSIX (pax) and GNU (long names).
 *
 *     untar --file ARCHIVE [--directory FOLDER] [--verbose] [--non-strict]
 *
 * Files, folders, symbolic and hard links are unpacked; anything else (devices, pipes, sparse
 * files) is refused, or passed over with --non-strict. What results hangs on the archive alone:
 * permissions are the archive's, without set-user and set-group bits and whatever the umask; times
 * are the archive's, to the second; owners are not restored. Existing files of the same name are
 * replaced.
 *
 * The archive may be hostile. Before anything is written all of it is read once, and refused if a
 * header is broken, the end is missing, or a name is absolute or has ".." in it. Nothing is ever
 * written behind a symbolic link, whether the archive made it or it was there before; a link's own
 * target is not looked at, since nothing follows it.
 */
#include "shared/command.h"
#include "shared/tree.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#define BLOCK           512
#define EXTENSION_LIMIT 0x100000 /* bytes of an extended header */
#define SIZE_LIMIT      0x7fffffff
#define LAST_TIME       0x7fffffff /* in 2038; later ones become this one */

/* Where the fields of a ustar header lie. */
enum {
    NAME = 0,
    MODE = 100,
    SIZE = 124,
    TIME = 136,
    CHECK_SUM = 148,
    TYPE = 156,
    LINK_NAME = 157,
    MAGIC = 257,
    PREFIX = 345
};

static const char *archive_name;
static int archive_fd;
static int verbose, non_strict;

/* One member, as its headers describe it. */
struct member {
    char type;
    char *path;
    char *link; /* a link's target */
    unsigned int size, mode;
    long time;
};

/* What extended headers said about the member that follows them; NULL or -1: nothing. */
static char *extended_path, *extended_link;
static long long extended_size, extended_time;

/* --- Reading --- */

/* Fills a buffer from the archive. */
static void read_archive(char *to, unsigned int size) {
    while (size > 0) {
        int got = read(archive_fd, to, size);
        if (got < 0) fail_to("read", archive_name);
        if (got == 0) fail("%s: unexpected end of archive", archive_name);
        to += got;
        size -= got;
    }
}

/* A number in a header: octal digits between blanks, or, for large ones, binary behind a byte 0x80. */
static long long read_number(const char *field, int size) {
    unsigned long long value = 0;
    int i = 0;
    if ((unsigned char)field[0] == 0x80) {
        for (i = 1; i < size; i++) {
            if (value >> 54 != 0) fail("%s: a number is too large", archive_name);
            value = value << 8 | (unsigned char)field[i];
        }
        return value;
    }
    while (i < size && field[i] == ' ') i++;
    for (; i < size && field[i] >= '0' && field[i] <= '7'; i++)
        value = value << 3 | (field[i] - '0');
    if (i < size && field[i] != ' ' && field[i] != '\0')
        fail("%s: a number in a header is broken", archive_name);
    return value;
}

/* The sum of a header's bytes, its check sum field counted as blanks. */
static int sum_header(const char *header) {
    int sum = 0, i;
    for (i = 0; i < BLOCK; i++)
        sum += i >= CHECK_SUM && i < CHECK_SUM + 8 ? ' ' : (unsigned char)header[i];
    return sum;
}

/* A field that is a string, which need not end in NUL. */
static char *copy_field(const char *field, unsigned int size) {
    char *text = allocate(size + 1);
    memcpy(text, field, size);
    text[size] = '\0';
    return text;
}

/* A member's content as a string: a long name, or the records of an extended header. */
static char *read_text(long long size) {
    char *text, padding[BLOCK];
    if (size > EXTENSION_LIMIT) fail("%s: an extended header is too long", archive_name);
    text = allocate(size + 1);
    read_archive(text, size);
    read_archive(padding, -(unsigned int)size & (BLOCK - 1));
    text[size] = '\0';
    return text;
}

/* Puts a string in the place of another. */
static void replace_string(char **string, char *with) {
    free(*string);
    *string = with;
}

/* Takes over one record of an extended header. */
static void apply_record(const char *key, char *value, unsigned int length) {
    if (strncmp(key, "GNU.sparse.", 11) == 0) fail("%s: sparse files are not known", archive_name);
    if (strcmp(key, "path") == 0) replace_string(&extended_path, copy_field(value, length));
    if (strcmp(key, "linkpath") == 0) replace_string(&extended_link, copy_field(value, length));
    if (strcmp(key, "size") == 0) extended_size = strtoull(value, NULL, 10);
    if (strcmp(key, "mtime") == 0) extended_time = strtoll(value, NULL, 10);
}

/* Records are "LENGTH KEY=VALUE\n", where LENGTH counts the whole record. */
static void read_records(char *text, unsigned int size) {
    char *end = text + size;
    while (text < end) {
        char *key, *equals;
        unsigned long length = strtoul(text, &key, 10);
        if (*key != ' ' || length < 5 || length > (unsigned long)(end - text) ||
            text[length - 1] != '\n')
            fail("%s: an extended header is broken", archive_name);
        equals = memchr(key, '=', text + length - key);
        if (equals == NULL) fail("%s: an extended header is broken", archive_name);
        *equals = '\0';
        text[length - 1] = '\0';
        apply_record(key + 1, equals + 1, text + length - 1 - (equals + 1));
        text += length;
    }
}

/* Takes over a header that only says something about another. Returns whether it was one. */
static int read_extension(char type, long long size) {
    char *text;
    if (strchr("xgLK", type) == NULL || type == '\0') return 0;
    text = read_text(size);
    if (type == 'x') read_records(text, size);
    if (type == 'L') replace_string(&extended_path, text);
    else if (type == 'K') replace_string(&extended_link, text);
    else free(text); /* a global header (g) in use holds only a comment */
    return 1;
}

/* The path of a ustar header: the prefix, where the format has one, and the name. */
static char *header_path(const char *header) {
    char *name = copy_field(header + NAME, 100);
    char *prefix, *path;
    if (memcmp(header + MAGIC, "ustar\0", 6) != 0 || header[PREFIX] == '\0') return name;
    prefix = copy_field(header + PREFIX, 155);
    path = join_path(prefix, name);
    free(prefix);
    free(name);
    return path;
}

/* Reads headers up to that of a member. Returns 0 at the archive's end, which is a block of zeros. */
static int read_member(struct member *to) {
    static const char zeros[BLOCK];
    char header[BLOCK];
    long long size, time;
    extended_size = extended_time = -1;
    do {
        read_archive(header, BLOCK);
        if (memcmp(header, zeros, BLOCK) == 0) {
            if (extended_path != NULL || extended_link != NULL)
                fail("%s: a name without a member", archive_name);
            return 0;
        }
        if (read_number(header + CHECK_SUM, 8) != sum_header(header))
            fail("%s: a header's check sum is wrong", archive_name);
        size = read_number(header + SIZE, 12);
        to->type = header[TYPE];
    } while (read_extension(to->type, size));
    if (extended_size >= 0) size = extended_size;
    if (size < 0 || size > SIZE_LIMIT) fail("%s: a member is too large", archive_name);
    to->size = size;
    to->mode = read_number(header + MODE, 8) & 0777;
    time = extended_time >= 0 ? extended_time : read_number(header + TIME, 12);
    to->time = time > LAST_TIME ? LAST_TIME : time;
    to->path = extended_path != NULL ? extended_path : header_path(header);
    to->link = extended_link != NULL ? extended_link : copy_field(header + LINK_NAME, 100);
    extended_path = extended_link = NULL;
    if (to->type == '\0' || to->type == '7') to->type = '0';
    if (to->type >= '2' && to->type <= '6') to->size = 0; /* whatever the header says */
    if (to->type == '0' && to->path[0] != '\0' && to->path[strlen(to->path) - 1] == '/')
        to->type = '5';
    return 1;
}

static void free_member(struct member *member) {
    free(member->path);
    free(member->link);
}

/* --- Checking --- */

static void check_path(const char *path) {
    const char *refusal = path_refusal(path);
    if (refusal != NULL) fail("%s: %s is refused: %s", archive_name, path, refusal);
}

/* Whether a member can be unpacked at all. */
static int is_known(const struct member *member) {
    if (strchr("0125", member->type) != NULL) return 1;
    if (!non_strict)
        fail("%s: %s is of an unknown kind (%c)", archive_name, member->path, member->type);
    return 0;
}

/* Passes over a member's content, which ends on a block boundary, and makes sure that it is there. */
static void skip_content(const struct member *member) {
    char last;
    unsigned int size = (member->size + BLOCK - 1) & ~(BLOCK - 1);
    if (size == 0) return;
    if (lseek(archive_fd, size - 1, SEEK_CUR) < 0) fail_to("move in", archive_name);
    read_archive(&last, 1);
}

/* Reads the whole archive, without unpacking, for what can be wrong with it. */
static void check_archive(void) {
    struct member member;
    while (read_member(&member)) {
        if (is_known(&member)) check_path(member.path);
        if (member.type == '1') check_path(member.link);
        if (member.type == '2' && member.link[0] == '\0')
            fail("%s: the link %s has no target", archive_name, member.path);
        skip_content(&member);
        free_member(&member);
    }
}

/* --- Unpacking --- */

/* A folder gets its permissions and time last, when nothing will be put into it any more. */
struct folder {
    struct folder *earlier;
    unsigned int mode;
    long time;
    char path[1];
};

static struct folder *folders;

static void remember_folder(const struct member *member) {
    struct folder *folder = allocate(sizeof(struct folder) + strlen(member->path));
    strcpy(folder->path, member->path);
    folder->mode = member->mode;
    folder->time = member->time;
    folder->earlier = folders;
    folders = folder;
}

static void set_time(const char *path, long time) {
    if (__set_file_time(path, time) < 0) fail_to("set the time of", path);
}

static void finish_folders(void) {
    for (; folders != NULL; folders = folders->earlier) {
        struct stat found;
        make_parents(folders->path); /* still no link on the way there */
        if (lstat(folders->path, &found) < 0 || !S_ISDIR(found.st_mode)) continue; /* replaced */
        if (chmod(folders->path, folders->mode) < 0) fail_to("change", folders->path);
        set_time(folders->path, folders->time);
    }
}

static void unpack_file(const struct member *member) {
    char buffer[64 * BLOCK];
    unsigned int left = member->size;
    int fd = open(member->path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (fd < 0) fail_to("create", member->path);
    while (left > 0) {
        unsigned int size = left < sizeof(buffer) ? left : sizeof(buffer);
        read_archive(buffer, size);
        if (write(fd, buffer, size) != (int)size) fail_to("write", member->path);
        left -= size;
    }
    read_archive(buffer, -member->size & (BLOCK - 1));
    if (fchmod(fd, member->mode) < 0 || close(fd) < 0) fail_to("write", member->path);
    set_time(member->path, member->time);
}

static void unpack_hard_link(const struct member *member) {
    make_parents(member->link); /* for its refusal of links in the path */
    if (link(member->link, member->path) < 0)
        fail("cannot link %s to %s: %s", member->path, member->link, strerror(errno));
}

static void unpack_folder(const struct member *member) {
    struct stat found;
    if (mkdir(member->path, 0700) < 0 &&
        (errno != EEXIST || lstat(member->path, &found) < 0 || !S_ISDIR(found.st_mode)))
        fail_to("make the folder", member->path);
    chmod(member->path, 0700);
    remember_folder(member);
}

/* Removes what has the member's name, so that nothing is written through a link. */
static void make_way(const struct member *member) {
    struct stat found;
    if (lstat(member->path, &found) < 0) return;
    if (member->type == '5' && S_ISDIR(found.st_mode)) return;
    if (member->type == '1' && strcmp(member->path, member->link) == 0) return;
    if (remove(member->path) < 0) fail_to("replace", member->path);
}

static void unpack(struct member *member) {
    size_t length = strlen(member->path);
    while (length > 1 && member->path[length - 1] == '/') member->path[--length] = '\0';
    if (verbose) printf("%s\n", member->path);
    make_parents(member->path);
    make_way(member);
    switch (member->type) {
    case '0': unpack_file(member); return;
    case '1': unpack_hard_link(member); break;
    case '2':
        if (symlink(member->link, member->path) < 0) fail_to("create", member->path);
        set_time(member->path, member->time);
        break;
    case '5': unpack_folder(member); break;
    }
    skip_content(member);
}

static void unpack_archive(void) {
    struct member member;
    while (read_member(&member)) {
        if (is_known(&member)) unpack(&member);
        else skip_content(&member);
        free_member(&member);
    }
    finish_folders();
}

int main(int argc, char **argv) {
    const char *folder = ".";
    char *value;
    int i;
    command_start("untar");
    for (i = 1; i < argc; i++) {
        if ((value = option_value(argv, &i, "-f", "--file")) != NULL) archive_name = value;
        else if ((value = option_value(argv, &i, "-C", "--directory")) != NULL) folder = value;
        else if (is_option(argv[i], "-v", "--verbose")) verbose = 1;
        else if (is_option(argv[i], "--non-strict", "--non-strict")) non_strict = 1;
        else fail("unknown argument %s", argv[i]);
    }
    if (archive_name == NULL) fail("usage: untar --file ARCHIVE [--directory FOLDER] [--verbose]");
    archive_fd = open(archive_name, O_RDONLY);
    if (archive_fd < 0) fail_to("open", archive_name);
    if (chdir(folder) < 0) fail_to("enter", folder);
    check_archive();
    if (lseek(archive_fd, 0, SEEK_SET) < 0) fail("%s cannot be read twice", archive_name);
    unpack_archive();
    return 0;
}
