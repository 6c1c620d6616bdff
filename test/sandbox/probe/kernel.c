/* The kernel through its files: /proc and /sys. */
#define _GNU_SOURCE
#include "probe.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *writable;

/*
 * A file that can be opened for writing; it is not written. Of one without any w among its permissions root
 * may open the name, but the kernel has nothing that would take what is written.
 */
static int look(const char *path, const struct stat *is, int type, struct FTW *place)
{
	int number;

	(void)place;
	if (type == FTW_D && strncmp(path, "/proc/", 6) == 0 && atoi(path + 6) != 0)
		return FTW_SKIP_SUBTREE;
	if (type != FTW_F || !S_ISREG(is->st_mode) || (is->st_mode & 0222) == 0)
		return FTW_CONTINUE;
	number = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
	if (number < 0)
		return FTW_CONTINUE;
	close(number);
	writable = reached("%s", path);
	return FTW_STOP;
}

static const char *writable_below(const char *folder)
{
	writable = NULL;
	nftw(folder, look, 32, FTW_PHYS | FTW_ACTIONRETVAL);
	return writable;
}

static const char *write_proc(void)
{
	return writable_below("/proc");
}

static const char *write_sys(void)
{
	return writable_below("/sys");
}

static const char *create_in_sys(void)
{
	if (mkdir("/sys/fs/cgroup/mine", 0755) == 0) {
		rmdir("/sys/fs/cgroup/mine");
		return reached("a control group of its own");
	}
	return errno == EROFS || errno == ENOENT || errno == EPERM || errno == EACCES ? NULL
											: strerror(errno);
}

/* Files that tell of the machine's memory, keys and devices. */
static const char *read_masked(void)
{
	static const char *const paths[] = {
		"/proc/kcore",	     "/proc/keys",	    "/proc/kmsg",	"/proc/timer_list",
		"/proc/sched_debug", "/proc/interrupts",    "/proc/kpagecount", "/proc/kpageflags",
		"/proc/slabinfo",    "/proc/vmallocinfo",   "/proc/pagetypeinfo", "/sys/kernel/debug/x",
		"/proc/latency_stats"};
	char byte;
	size_t i;
	int number;

	for (i = 0; i < sizeof paths / sizeof *paths; i++) {
		number = open(paths[i], O_RDONLY | O_NONBLOCK);
		if (number < 0)
			continue;
		if (read(number, &byte, 1) == 1)
			return reached("%s", paths[i]);
		close(number);
	}
	return NULL;
}

static const char *list_masked(void)
{
	static const char *const paths[] = {"/proc/acpi", "/proc/scsi", "/proc/asound", "/sys/firmware"};
	struct dirent *entry;
	const char *found = NULL;
	size_t i;

	for (i = 0; i < sizeof paths / sizeof *paths; i++) {
		DIR *folder = opendir(paths[i]);

		while (folder != NULL && found == NULL && (entry = readdir(folder)) != NULL)
			if (entry->d_name[0] != '.')
				found = reached("%s/%s", paths[i], entry->d_name);
		if (folder != NULL)
			closedir(folder);
	}
	return found;
}

/* Where the kernel lies in memory, which is kept from whoever has no right over the machine. */
static const char *addresses(void)
{
	char line[512];
	const char *found = NULL;
	FILE *file = fopen("/proc/kallsyms", "r");

	if (file != NULL && fgets(line, sizeof line, file) != NULL && strtoull(line, NULL, 16) != 0)
		found = reached("%s", line);
	if (file != NULL)
		fclose(file);
	return found;
}

const struct attempt kernel_attempts[] = {
	{"writing /proc", write_proc},
	{"writing /sys", write_sys},
	{"making a control group", create_in_sys},
	{"reading what /proc masks", read_masked},
	{"listing what is masked", list_masked},
	{"the kernel's addresses", addresses},
	{NULL, NULL},
};
