/*
 * Uses what a C library has, on numbers from a generator of its own, and prints what came out. Compiled
 * against two C libraries, it must print the same.
 */
#include <assert.h>
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static unsigned int state = 1;

static unsigned int next_random(void) {
    state = state * 1664525u + 1013904223u;
    return state >> 8;
}

static unsigned int sum_bytes(const void *from, size_t size) {
    const unsigned char *at = from;
    unsigned int sum = 0;
    while (size-- > 0) sum = sum * 31 + *at++;
    return sum;
}

/* --- Sorting --- */

struct pair {
    int key;
    char tail[7];
};

static int by_key(const void *a, const void *b) {
    int x = ((const struct pair *)a)->key, y = ((const struct pair *)b)->key;
    return x < y ? -1 : x > y;
}

static void use_sorting(void) {
    static struct pair pairs[2000];
    int count, i;
    for (count = 0; count < 2000; count = count * 2 + 1) {
        unsigned int before = 0, after = 0;
        for (i = 0; i < count; i++) {
            pairs[i].key = (int)(next_random() % (unsigned)(count * 2)) - count;
            sprintf(pairs[i].tail, "%06d", pairs[i].key);
            before += pairs[i].key * 7919u;
        }
        qsort(pairs, count, sizeof(struct pair), by_key);
        for (i = 0; i < count; i++) {
            after += pairs[i].key * 7919u;
            assert(i == 0 || pairs[i - 1].key <= pairs[i].key);
            assert(atoi(pairs[i].tail) == pairs[i].key);
        }
        assert(before == after);
        printf("sorted %d: %u\n", count, sum_bytes(pairs, count * sizeof(struct pair)));
    }
}

/* --- Memory --- */

static void use_memory(void) {
    static unsigned char *block[300];
    static size_t size[300];
    int i, round;
    for (round = 0; round < 20000; round++) {
        int which = next_random() % 300;
        size_t wanted = next_random() % (round % 97 == 0 ? 300000 : 900);
        for (i = 0; i < (int)size[which]; i += 61) assert(block[which][i] == (unsigned char)which);
        switch (next_random() % 4) {
        case 0:
            free(block[which]);
            block[which] = NULL;
            wanted = 0;
            break;
        case 1:
            free(block[which]);
            block[which] = calloc(wanted, 1);
            for (i = 0; i < (int)wanted; i++) assert(block[which][i] == 0);
            break;
        default: block[which] = realloc(block[which], wanted + 1);
            for (i = 0; i < (int)(size[which] < wanted ? size[which] : wanted); i += 61)
                assert(block[which][i] == (unsigned char)which);
        }
        if (wanted > 0) memset(block[which], which, wanted);
        size[which] = wanted;
    }
    assert(malloc((size_t)-100) == NULL);
    assert(calloc(0x10000, 0x10000) == NULL);
    printf("memory is sound\n");
}

/* --- Strings --- */

static int sign(int value) { return (value > 0) - (value < 0); }

static void use_strings(void) {
    char a[80], b[80], c[200];
    int round, i, from, to;
    for (round = 0; round < 3000; round++) {
        int length = next_random() % 20, other = next_random() % 5;
        for (i = 0; i < length; i++) a[i] = 'a' + next_random() % 3;
        a[length] = '\0';
        for (i = 0; i < other; i++) b[i] = 'a' + next_random() % 3;
        b[other] = '\0';
        strcpy(c, a);
        strcat(c, b);
        strncat(c, a, other);
        printf("%s %d %d %d ", c, sign(strcmp(a, b)), sign(strncmp(a, b, 3)), sign(memcmp(a, b, 4)));
        printf("%d %d ", (int)strspn(a, b), (int)strcspn(a, b));
        printf("%s ", strstr(a, b) ? strstr(a, b) : "-");
        printf("%s ", strchr(a, 'b') ? strchr(a, 'b') : "-");
        printf("%s ", strrchr(a, 'b') ? strrchr(a, 'b') : "-");
        printf("%d\n", memchr(a, 'c', length) ? (int)((char *)memchr(a, 'c', length) - a) : -1);
        for (i = 0; i < 80; i++) c[i] = i;
        from = next_random() % 40;
        to = next_random() % 40;
        memmove(c + to, c + from, next_random() % 40);
        strncpy(c + 100, a, 8);
        printf("%u %u\n", sum_bytes(c, 80), sum_bytes(c + 100, 8));
    }
    for (i = -1; i < 256; i++)
        printf("%d%d%d%d%d%d%d%d%d%d%d %d %d\n", !isalnum(i), !isalpha(i), !iscntrl(i), !isdigit(i),
               !isgraph(i), !islower(i), !isprint(i), !ispunct(i), !isspace(i), !isupper(i), !isxdigit(i),
               tolower(i), toupper(i));
    printf("%s, %s, %s\n", strerror(ENOENT), strerror(EISDIR), strerror(ENOTEMPTY));
}

/* --- Jumps --- */

static jmp_buf here;

static int dive(int depth, int value) {
    volatile char room[100];
    room[depth % 100] = depth;
    if (depth == 0) longjmp(here, value);
    return depth < 0 ? 0 : dive(depth - 1, value) + room[depth % 100];
}

static void use_jumps(void) {
    volatile int times = 0;
    int value = setjmp(here);
    printf("setjmp %d\n", value);
    times++;
    if (times < 6) dive(times * 50, times == 3 ? 0 : 10 + times);
    printf("jumped %d times\n", times);
}

/* --- Files --- */

static void use_files(void) {
    char line[40];
    int c, i;
    FILE *file = fopen("file", "w");
    assert(file != NULL && ftell(file) == 0);
    for (i = 0; i < 5000; i++) fprintf(file, "line %d\n", i);
    printf("at %ld\n", ftell(file));
    assert(fclose(file) == 0);
    file = fopen("file", "a");
    fputs("appended\n", file);
    fclose(file);
    file = fopen("file", "r+");
    for (i = 0; fgets(line, 8, file) != NULL; i++) assert(strlen(line) > 0);
    printf("%d pieces, end %d, at %ld\n", i, feof(file) != 0, ftell(file));
    fseek(file, -9, SEEK_END);
    printf("%d ", feof(file) != 0);
    printf("%s", fgets(line, sizeof(line), file));
    fseek(file, 1000, SEEK_SET);
    c = fgetc(file);
    ungetc('!', file);
    printf("%d %d ", c == EOF, fgetc(file));
    printf("%d ", fgetc(file));
    printf("at %ld\n", ftell(file));
    fseek(file, 2000, SEEK_SET);
    fputs("<here>", file);
    fseek(file, 1990, SEEK_SET);
    printf("read %d\n", (int)fread(line, 3, 8, file));
    printf("%u at %ld\n", sum_bytes(line, 24), ftell(file));
    fseek(file, 0, SEEK_END);
    fseek(file, -4, SEEK_CUR);
    printf("%d of 5, ", (int)fread(line, 2, 5, file));
    printf("end %d\n", feof(file) != 0);
    assert(fputc('x', file) == 'x' && fclose(file) == 0);
    file = fopen("file", "r");
    assert(fputc('x', file) == EOF && ferror(file));
    fclose(file);
    assert(fopen("absent", "r") == NULL && errno == ENOENT);
    file = fopen("/dev/full", "w");
    assert(fputs("x", file) >= 0 && fclose(file) == EOF && errno == ENOSPC);
}

static void use_system(void) {
    struct stat found;
    char text[100];
    int ends[2], status, count = 0;
    DIR *dir;
    struct dirent *entry;
    char *words[] = {"sh", "-c", "echo child; exit 5", NULL};
    assert(mkdir("dir", 0750) == 0 && mkdir("dir", 0750) < 0 && errno == EEXIST);
    assert(symlink("file", "dir/link") == 0 && link("file", "dir/hard") == 0);
    assert(lstat("dir/link", &found) == 0 && S_ISLNK(found.st_mode));
    assert(stat("dir/link", &found) < 0 && errno == ENOENT);
    assert(stat("dir/hard", &found) == 0 && S_ISREG(found.st_mode));
    printf("size %d\n", (int)found.st_size);
    assert(chmod("dir/hard", 0640) == 0 && stat("file", &found) == 0);
    printf("mode %o\n", found.st_mode & 07777);
    text[readlink("dir/link", text, sizeof(text))] = '\0';
    printf("to %s\n", text);
    dir = opendir("dir");
    while ((entry = readdir(dir)) != NULL) count += strlen(entry->d_name);
    closedir(dir);
    printf("names %d\n", count);
    assert(rename("dir/hard", "dir/moved") == 0 && remove("dir/moved") == 0 && unlink("dir/link") == 0);
    assert(chdir("dir") == 0 && getcwd(text, sizeof(text)) == text);
    printf("in %s\n", strrchr(text, '/'));
    assert(chdir("..") == 0 && remove("dir") == 0 && access("dir", F_OK) < 0);
    assert(open("dir", O_RDONLY) < 0 && rmdir("dir") < 0);
    assert(pipe(ends) == 0);
    fflush(stdout);
    if (fork() == 0) {
        dup2(ends[1], 1);
        execvp("sh", words);
        _exit(1);
    }
    close(ends[1]);
    printf("got %d bytes\n", (int)read(ends[0], text, sizeof(text)));
    assert(waitpid(-1, &status, 0) > 0);
    printf("exited %d with %d\n", WIFEXITED(status), WEXITSTATUS(status));
    assert(time(NULL) > 1600000000 && !isatty(ends[0]) && getpid() > 1);
}

/* --- Numbers and dates --- */

static void use_numbers(void) {
    int i;
    for (i = -60; i < 60; i++) {
        volatile double factor = 1.37;
        volatile double product = i * factor;
        double value = ldexp(product, i * 19);
        printf("%.17g %.17g\n", value, ldexp(fabs(value), -i * 40));
    }
    for (i = 0; i < 2000; i++) {
        time_t when = (time_t)(next_random() * 317u);
        struct tm *tm = gmtime(&when);
        printf("%d-%d-%d %d:%d:%d %d %d\n", tm->tm_year, tm->tm_mon, tm->tm_mday, tm->tm_hour, tm->tm_min,
               tm->tm_sec, tm->tm_wday, tm->tm_yday);
    }
    printf("%d %d %d\n", abs(-5), abs(7), atoi(" -12x"));
}

static void say_goodbye(void) { printf("goodbye\n"); }
static void say_more(void) { printf("first this\n"); }

int main(int argc, char **argv) {
    assert(argc == 3 && argv[3] == NULL);
    printf("%s %s %s\n", argv[1], argv[2], getenv("ANSWER"));
    assert(getenv("ANSWE") == NULL);
    atexit(say_goodbye);
    atexit(say_more);
    use_sorting();
    use_memory();
    use_strings();
    use_jumps();
    use_files();
    use_system();
    use_numbers();
    exit(42);
    return 0;
}
