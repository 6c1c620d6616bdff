/* Devices of the machine. */
#define _GNU_SOURCE
#include "probe.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* Memory, ports, the kernel's log, disks, the clock, FUSE, KVM. */
static const struct {
	mode_t type;
	int major, minor;
} nodes[] = {
	{S_IFCHR, 1, 1},  {S_IFCHR, 1, 4},    {S_IFCHR, 1, 11},	  {S_IFBLK, 8, 0},   {S_IFBLK, 254, 0},
	{S_IFBLK, 259, 0}, {S_IFCHR, 249, 0}, {S_IFCHR, 10, 229}, {S_IFCHR, 10, 232}, {S_IFCHR, 1, 3},
};

static const char *made(void)
{
	size_t i;

	for (i = 0; i < sizeof nodes / sizeof *nodes; i++)
		if (mknod("/node", nodes[i].type | 0600, makedev(nodes[i].major, nodes[i].minor)) == 0) {
			unlink("/node");
			return reached("a device %d:%d of its own", nodes[i].major, nodes[i].minor);
		}
	return NULL;
}

/* All that a sandbox has there. */
static const char known[] = " . .. console core fd full mqueue null ptmx pts random shm stderr stdin stdout "
			    "tty urandom zero pipes ";

static const char *shown(void)
{
	DIR *folder = opendir("/dev");
	struct dirent *entry;
	const char *found = NULL;
	char word[300];

	while (folder != NULL && found == NULL && (entry = readdir(folder)) != NULL) {
		snprintf(word, sizeof word, " %s ", entry->d_name);
		if (strstr(known, word) == NULL)
			found = reached("/dev/%s", entry->d_name);
	}
	if (folder != NULL)
		closedir(folder);
	return found;
}

static const char *changed(void)
{
	struct stat is;

	if (stat("/dev/null", &is) != 0)
		return NULL;
	if (chmod("/dev/null", is.st_mode & 07777) == 0)
		return reached("the mode of /dev/null");
	if (chown("/dev/null", is.st_uid, is.st_gid) == 0)
		return reached("the owner of /dev/null");
	if (utimensat(AT_FDCWD, "/dev/null", (struct timespec[]){is.st_atim, is.st_mtim}, 0) == 0)
		return reached("the times of /dev/null");
	return NULL;
}

/* Characters put into the terminal's input would be commands for the shell behind it. */
static const char *terminal(void)
{
	const char *found = NULL;
	int i, tty = open("/dev/tty", O_RDWR | O_NOCTTY);

	if (tty >= 0) {
		close(tty);
		return reached("a terminal");
	}
	for (i = 0; i < 3 && found == NULL; i++)
		if (isatty(i))
			found = reached("a terminal at descriptor %d", i);
	return found;
}

const struct attempt device_attempts[] = {
	{"a device of one's own making", made},
	{"a device in /dev", shown},
	{"changes to a device file", changed},
	{"the terminal", terminal},
	{NULL, NULL},
};
