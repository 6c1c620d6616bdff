/* Files of the machine. */
#define _GNU_SOURCE
#include "probe.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *by_name(void)
{
	return holds_bait(bait("BAIT_FILE"));
}

/* A working directory that the runtime had open before the sandbox began. */
static const char *by_working_directory(void)
{
	char path[4096] = "";
	const char *found = NULL;
	int i;

	for (i = 0; i < 16 && found == NULL; i++) {
		snprintf(path + 3 * i, sizeof path - 3 * i, "../%s", bait("BAIT_FILE"));
		found = holds_bait(path);
		memcpy(path + 3 * i, "../", 3);
	}
	return found;
}

/* The way out of a chroot(2): a working directory above the root is not held by it. */
static const char *by_climbing(void)
{
	const char *found;
	int i, pipe_ends[2];
	char answer[512] = "";

	if (pipe(pipe_ends) != 0)
		return NULL;
	if (fork() == 0) {
		if (mkdir("/cage", 0755) == 0 && chroot("/cage") == 0) {
			for (i = 0; i < 64; i++)
				if (chdir("..") != 0)
					break;
			if (chroot(".") == 0 && (found = by_name()) != NULL)
				dprintf(pipe_ends[1], "%s", found);
		}
		_exit(0);
	}
	close(pipe_ends[1]);
	wait(NULL);
	if (read(pipe_ends[0], answer, sizeof answer - 1) < 0)
		answer[0] = '\0';
	close(pipe_ends[0]);
	rmdir("/cage");
	return answer[0] == '\0' ? NULL : reached("%s", answer);
}

/* Another process's root and working directory lead into its own file tree. */
static const char *through_other_processes(void)
{
	static const char *const links[] = {"root", "cwd", "task/1/root"};
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	const char *found = NULL;
	char path[4096];
	size_t i;

	while (proc != NULL && found == NULL && (entry = readdir(proc)) != NULL) {
		if (atoi(entry->d_name) == 0 || atoi(entry->d_name) == getpid())
			continue;
		for (i = 0; i < 3 && found == NULL; i++) {
			snprintf(path, sizeof path, "/proc/%s/%s/%s", entry->d_name, links[i],
				 bait("BAIT_FILE"));
			found = holds_bait(path);
		}
	}
	if (proc != NULL)
		closedir(proc);
	return found;
}

/* Whoever may open files by number can try all numbers (open_by_handle_at(2)). */
static const char *by_handle(void)
{
	struct {
		struct file_handle head;
		unsigned char rest[MAX_HANDLE_SZ];
	} handle = {.head = {.handle_bytes = MAX_HANDLE_SZ}};
	int mount, file, folder = open("/", O_RDONLY | O_DIRECTORY);

	if (name_to_handle_at(AT_FDCWD, "/proc", &handle.head, &mount, 0) != 0 &&
	    name_to_handle_at(AT_FDCWD, "/", &handle.head, &mount, 0) != 0)
		handle.head.handle_bytes = 8;
	file = open_by_handle_at(folder, &handle.head, O_RDONLY);
	close(folder);
	if (file < 0)
		return errno == EPERM || errno == ENOSYS ? NULL : reached("the kernel's %s", strerror(errno));
	close(file);
	return reached("a file by its handle");
}

/* What the runtime forgot to close. */
static const char *left_open(void)
{
	char path[64], target[4096];
	ssize_t length;
	int number;

	for (number = 3; number < 1024; number++) {
		snprintf(path, sizeof path, "/proc/self/fd/%d", number);
		length = readlink(path, target, sizeof target - 1);
		if (length > 0) {
			target[length] = '\0';
			return reached("descriptor %d: %s", number, target);
		}
	}
	return NULL;
}

static const char *named_by_mounts(void)
{
	char line[16384];
	const char *found = NULL;
	FILE *file = fopen("/proc/self/mountinfo", "r");

	while (file != NULL && found == NULL && fgets(line, sizeof line, file) != NULL)
		if (strstr(line, bait("BAIT_STORE")) != NULL)
			found = reached("%s", line);
	if (file != NULL)
		fclose(file);
	return found;
}

const struct attempt file_attempts[] = {
	{"a file by its name", by_name},
	{"a file by the working directory", by_working_directory},
	{"a file by climbing out of a chroot", by_climbing},
	{"a file through other processes", through_other_processes},
	{"a file by its handle", by_handle},
	{"a file that was left open", left_open},
	{"the store's path in the list of mounts", named_by_mounts},
	{NULL, NULL},
};
