/* Processes: pipes, signals, environment, files in memory, jumps, programs that are executed. */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHECK(condition) ((condition) ? (void)0 : (printf("%d: %s\n", __LINE__, #condition), exit(1)))

extern char **environ;
static volatile sig_atomic_t signals;
static sigjmp_buf back;

static void count(int number) { signals += number == SIGUSR1; }
static void jump(int number) { siglongjmp(back, number); }

static void check_signals(void) {
    struct sigaction action = {.sa_handler = count};
    CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
    CHECK(raise(SIGUSR1) == 0 && kill(getpid(), SIGUSR1) == 0);
    CHECK(signals == 2);
    action.sa_handler = jump;
    CHECK(sigaction(SIGSEGV, &action, NULL) == 0);
    for (int i = 0; i < 2; i++) {
        int number = sigsetjmp(back, 1);
        if (number == 0) *(volatile char *)NULL = 1;
        CHECK(number == SIGSEGV);
    }
}

static void check_pipes(void) {
    int ends[2], status;
    char text[16] = "";
    CHECK(pipe(ends) == 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], 1);
        execl("/bin/sh", "sh", "-c", "printf %s \"$WORD\"; exit 7", (char *)NULL);
        _exit(1);
    }
    close(ends[1]);
    CHECK(read(ends[0], text, sizeof text) == 5 && strcmp(text, "hello") == 0);
    CHECK(waitpid(child, &status, 0) == child && WEXITSTATUS(status) == 7);
}

static void check_spawn(void) {
    pid_t child;
    int status;
    char *words[] = {"sh", "-c", "kill -9 $$", NULL};
    CHECK(posix_spawn(&child, "/bin/sh", NULL, NULL, words, environ) == 0);
    CHECK(waitpid(child, &status, 0) == child && WTERMSIG(status) == SIGKILL);
    FILE *stream = popen("echo 1; echo 2", "r");
    int first, second;
    CHECK(stream != NULL && fscanf(stream, "%d%d", &first, &second) == 2 && first + second == 3);
    CHECK(pclose(stream) == 0);
}

static void check_memory(void) {
    char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(page != MAP_FAILED);
    pid_t child = fork();
    if (child == 0) {
        strcpy(page, "shared");
        _exit(0);
    }
    CHECK(waitpid(child, NULL, 0) == child && strcmp(page, "shared") == 0);
    CHECK(munmap(page, 4096) == 0);
    volatile size_t everything = (size_t)-1;
    CHECK(malloc(everything) == NULL && errno == ENOMEM);
}

int main(void) {
    CHECK(setenv("WORD", "hello", 1) == 0);
    check_signals();
    check_pipes();
    check_spawn();
    check_memory();
    return 0;
}
