/*
 * witness LOG PROGRAM ARGUMENT…: starts the program and follows every process that comes of it, by ptrace(2).
 * The processes stop where they fork, where they have become another program, and before they end, and
 * nowhere else, so that they hardly lose time. Ends with the program's status.
 */
#include "witness.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

void give_up(const char *what) {
    perror(what);
    exit(125);
}

static const long options = PTRACE_O_EXITKILL | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
                            PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC | PTRACE_O_TRACEEXIT;

/* The program, stopped before its first instruction until it is followed. */
static pid_t start(char **command) {
    pid_t pid = fork();
    if (pid < 0) give_up("fork");
    if (pid == 0) {
        raise(SIGSTOP);
        execvp(command[0], command);
        give_up(command[0]);
    }
    if (waitpid(pid, NULL, WUNTRACED) < 0) give_up("waitpid");
    if (ptrace(PTRACE_SEIZE, pid, 0, options) != 0) give_up("ptrace");
    kill(pid, SIGCONT);
    return pid;
}

static int stops_group(int signal) {
    return signal == SIGSTOP || signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU;
}

/* Looks at a process that has stopped, and lets it go on. A process that was killed meanwhile is no error. */
static void handle_stop(pid_t pid, int status) {
    int event = status >> 16, signal = WSTOPSIG(status);
    if (event == PTRACE_EVENT_STOP && stops_group(signal)) {
        ptrace(PTRACE_LISTEN, pid, 0, 0);
        return;
    }
    if (event == PTRACE_EVENT_EXEC && is_sandboxed(pid)) sandbox_executed(pid);
    if (event == PTRACE_EVENT_EXIT) sandbox_process_ends(pid);
    ptrace(PTRACE_CONT, pid, 0, (long)(event == 0 ? signal : 0));
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: witness LOG PROGRAM ARGUMENT...\n");
        return 125;
    }
    log_open(argv[1]);
    pid_t first = start(argv + 2);
    int status, result = 125;
    for (;;) {
        pid_t pid = waitpid(-1, &status, __WALL);
        if (pid < 0 && errno == EINTR) continue;
        if (pid < 0) break;
        if (WIFSTOPPED(status)) handle_stop(pid, status);
        else if (pid == first) result = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    return result;
}
