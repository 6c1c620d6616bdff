/* Processes of the machine, and what they share. */
#define _GNU_SOURCE
#include "probe.h"

#include <dirent.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *listed(void)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	const char *found = NULL;

	while (proc != NULL && found == NULL && (entry = readdir(proc)) != NULL)
		if (atoi(entry->d_name) != 0 && atoi(entry->d_name) != getpid())
			found = reached("process %s", entry->d_name);
	if (proc != NULL)
		closedir(proc);
	return found;
}

static const char *signalled(void)
{
	return kill(bait_number("BAIT_PROCESS"), 0) == 0 ? reached("a process by a signal") : NULL;
}

/* From a child: who traced it is gone before anybody could notice. */
static const char *traced(void)
{
	const pid_t process = bait_number("BAIT_PROCESS");
	const pid_t child = fork();
	int status = 0;

	if (child == 0)
		_exit(ptrace(PTRACE_SEIZE, process, NULL, NULL) == 0 ? 1 : 0);
	waitpid(child, &status, 0);
	return WEXITSTATUS(status) == 1 ? reached("a process by ptrace") : NULL;
}

static const char *memory_read(void)
{
	char byte;
	struct iovec here = {&byte, 1}, there = {(void *)0x400000, 1};

	if (process_vm_readv(bait_number("BAIT_PROCESS"), &here, 1, &there, 1, 0) == 1)
		return reached("a process's memory");
	return NULL;
}

static const char *held_by_descriptor(void)
{
	const long number = syscall(SYS_pidfd_open, bait_number("BAIT_PROCESS"), 0);

	if (number < 0)
		return NULL;
	close(number);
	return reached("a process by a descriptor");
}

static const char *slowed(void)
{
	const int process = bait_number("BAIT_PROCESS");

	return setpriority(PRIO_PROCESS, process, 0) == 0 ? reached("a process's priority") : NULL;
}

static const char *preferred(void)
{
	struct sched_param first = {.sched_priority = 1};

	if (sched_setscheduler(0, SCHED_FIFO, &first) == 0) {
		first.sched_priority = 0;
		sched_setscheduler(0, SCHED_OTHER, &first);
		return reached("a turn before all others");
	}
	return setpriority(PRIO_PROCESS, 0, -20) == 0 ? reached("the highest priority") : NULL;
}

static const char *shared_memory(void)
{
	return shmget(bait_number("BAIT_MEMORY"), 0, 0) >= 0 ? reached("shared memory") : NULL;
}

/* Who is never ended for want of memory makes the machine end others. */
static const char *spared(void)
{
	FILE *file = fopen("/proc/self/oom_score_adj", "r+");
	int adjusted = file != NULL && fprintf(file, "-1000\n") > 0 && fflush(file) == 0;

	if (file != NULL)
		fclose(file);
	return adjusted ? reached("a place among the last to be ended") : NULL;
}

static const char *unlimited(void)
{
	static const int limits[] = {RLIMIT_NPROC, RLIMIT_NOFILE, RLIMIT_CORE};
	struct rlimit limit;
	size_t i;

	for (i = 0; i < sizeof limits / sizeof *limits; i++) {
		getrlimit(limits[i], &limit);
		if (limit.rlim_max == RLIM_INFINITY)
			return reached("limit %d, which is none", limits[i]);
		limit.rlim_max++;
		if (setrlimit(limits[i], &limit) == 0)
			return reached("a higher limit %d", limits[i]);
	}
	return NULL;
}

const struct attempt process_attempts[] = {
	{"a process in the list of processes", listed},
	{"a process by a signal", signalled},
	{"a process by ptrace", traced},
	{"a process's memory", memory_read},
	{"a process by a descriptor", held_by_descriptor},
	{"a process's priority", slowed},
	{"a priority above others", preferred},
	{"shared memory", shared_memory},
	{"being spared when memory ends", spared},
	{"higher limits", unlimited},
	{NULL, NULL},
};
