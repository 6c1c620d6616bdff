/* Mounts, and namespaces in which one could mount. */
#define _GNU_SOURCE
#include "probe.h"

#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *mounted(void)
{
	static const char *const types[] = {"tmpfs", "proc", "sysfs", "cgroup2", "devpts", "mqueue"};
	size_t i;

	mkdir("/place", 0755);
	for (i = 0; i < sizeof types / sizeof *types; i++)
		if (mount("none", "/place", types[i], 0, NULL) == 0) {
			umount2("/place", MNT_DETACH);
			rmdir("/place");
			return reached("a mount of type %s", types[i]);
		}
	if (mount("/", "/place", NULL, MS_BIND, NULL) == 0) {
		umount2("/place", MNT_DETACH);
		rmdir("/place");
		return reached("a bind mount");
	}
	rmdir("/place");
	return NULL;
}

static const char *remounted(void)
{
	if (mount(NULL, "/sys", NULL, MS_REMOUNT | MS_BIND, NULL) == 0)
		return reached("/sys to be written");
	if (mount(NULL, "/proc/sys", NULL, MS_REMOUNT | MS_BIND, NULL) == 0)
		return reached("/proc/sys to be written");
	return NULL;
}

static const char *uncovered(void)
{
	static const char *const covers[] = {"/proc/kcore", "/proc/sys", "/sys/firmware", "/dev/null"};
	size_t i;

	for (i = 0; i < sizeof covers / sizeof *covers; i++)
		if (umount2(covers[i], MNT_DETACH) == 0)
			return reached("what is below %s", covers[i]);
	return NULL;
}

static const char *mounted_by_descriptor(void)
{
	long number = syscall(SYS_fsopen, "tmpfs", 0);

	if (number < 0)
		number = syscall(SYS_open_tree, AT_FDCWD, "/", 1);
	if (number < 0)
		return NULL;
	close(number);
	return reached("a file system to mount");
}

static const char *turned(void)
{
	return syscall(SYS_pivot_root, ".", ".") == 0 ? reached("another root") : NULL;
}

static const struct {
	int flag;
	const char *name;
} kinds[] = {
	{CLONE_NEWUSER, "user"}, {CLONE_NEWNS, "mnt"},	 {CLONE_NEWNET, "net"},	      {CLONE_NEWPID, "pid"},
	{CLONE_NEWUTS, "uts"},	 {CLONE_NEWIPC, "ipc"}, {CLONE_NEWCGROUP, "cgroup"},
};

#define KINDS (sizeof kinds / sizeof *kinds)

/* Runs a try in a child, which nothing comes of where it succeeds. */
static int succeeds_in_child(int (*attempt)(size_t), size_t kind)
{
	const pid_t child = fork();
	int status = 0;

	if (child == 0)
		_exit(attempt(kind) ? 1 : 0);
	waitpid(child, &status, 0);
	return WEXITSTATUS(status) == 1;
}

static int unshares(size_t kind)
{
	return unshare(kinds[kind].flag) == 0;
}

static int clones(size_t kind)
{
	const long child = syscall(SYS_clone, kinds[kind].flag | SIGCHLD, NULL, NULL, NULL, NULL);

	if (child == 0)
		_exit(0);
	return child > 0;
}

static int clones_by_structure(size_t kind)
{
	struct clone_args arguments = {.flags = kinds[kind].flag, .exit_signal = SIGCHLD};
	const long child = syscall(SYS_clone3, &arguments, sizeof arguments);

	if (child == 0)
		_exit(0);
	return child > 0;
}

static int enters(size_t kind)
{
	char path[64];
	int number;

	snprintf(path, sizeof path, "/proc/self/ns/%s", kinds[kind].name);
	number = open(path, O_RDONLY);
	return number >= 0 && setns(number, kinds[kind].flag) == 0;
}

static const char *new_namespace(void)
{
	size_t i;

	for (i = 0; i < KINDS; i++) {
		if (succeeds_in_child(unshares, i))
			return reached("a new %s namespace by unshare", kinds[i].name);
		if (succeeds_in_child(clones, i))
			return reached("a new %s namespace by clone", kinds[i].name);
		if (succeeds_in_child(clones_by_structure, i))
			return reached("a new %s namespace by clone3", kinds[i].name);
	}
	return NULL;
}

static const char *entered_namespace(void)
{
	size_t i;

	for (i = 0; i < KINDS; i++)
		if (succeeds_in_child(enters, i))
			return reached("a %s namespace by setns", kinds[i].name);
	return NULL;
}

const struct attempt mount_attempts[] = {
	{"a mount", mounted},
	{"a mount made writable", remounted},
	{"what a mount covers", uncovered},
	{"a mount by a descriptor", mounted_by_descriptor},
	{"another root", turned},
	{"a new namespace", new_namespace},
	{"a namespace by its file", entered_namespace},
	{NULL, NULL},
};
