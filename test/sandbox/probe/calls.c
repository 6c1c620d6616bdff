/*
 * The kernel through system calls that only the machine's administrator may make. Their arguments are wrong
 * or change nothing; a kernel that complains of them would have taken right ones.
 */
#define _GNU_SOURCE
#include "probe.h"

#include <errno.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

static const char *past(const char *call, long result)
{
	if (result < 0 && (errno == EPERM || errno == ENOSYS || errno == EACCES))
		return NULL;
	return reached("%s: %s", call, result < 0 ? strerror(errno) : "done");
}

/* To the time that it shows. */
static const char *clock_set(void)
{
	struct timespec now;
	struct timeval time;
	const char *found;

	clock_gettime(CLOCK_REALTIME, &now);
	found = past("clock_settime", clock_settime(CLOCK_REALTIME, &now));
	if (found != NULL)
		return found;
	gettimeofday(&time, NULL);
	return past("settimeofday", syscall(SYS_settimeofday, &time, NULL));
}

/* By nothing. */
static const char *clock_steered(void)
{
	struct timex change = {.modes = ADJ_SETOFFSET};
	const char *found = past("adjtimex", adjtimex(&change));

	if (found != NULL)
		return found;
	return past("clock_adjtime", clock_adjtime(CLOCK_REALTIME, &change));
}

static const char *module(void)
{
	const char *found = past("init_module", syscall(SYS_init_module, NULL, 0, ""));

	if (found == NULL)
		found = past("finit_module", syscall(SYS_finit_module, -1, "", 0));
	return found != NULL ? found : past("delete_module", syscall(SYS_delete_module, "no such", 0));
}

static const char *program_for_kernel(void)
{
	const char *found = past("bpf", syscall(SYS_bpf, 9999, NULL, 0));

	return found != NULL ? found : past("kexec_load", syscall(SYS_kexec_load, 0, 0, NULL, 0xffff));
}

static const char *watching(void)
{
	const char *found = past("perf_event_open", syscall(SYS_perf_event_open, NULL, 0, -1, -1, 0));

	if (found == NULL)
		found = past("fanotify_init", syscall(SYS_fanotify_init, 0, 0));
	return found != NULL ? found : past("syslog", syscall(SYS_syslog, 10, NULL, 0));
}

static const char *keyrings(void)
{
	const char *found = past("keyctl", syscall(SYS_keyctl, 0, -4, 0));

	return found != NULL ? found : past("add_key", syscall(SYS_add_key, "user", "x", "x", 1, -4));
}

static const char *risky(void)
{
	const char *found = past("io_uring_setup", syscall(SYS_io_uring_setup, 0, NULL));

	return found != NULL ? found : past("userfaultfd", syscall(SYS_userfaultfd, 0));
}

static const char *machine(void)
{
	const char *found = past("reboot", syscall(SYS_reboot, 0, 0, 0, NULL));

	if (found == NULL)
		found = past("swapon", syscall(SYS_swapon, "/no such", 0));
	if (found == NULL)
		found = past("acct", syscall(SYS_acct, "/no such"));
	return found != NULL ? found : past("quotactl", syscall(SYS_quotactl, 0x80000100, "/", 0, NULL));
}

static const char *names(void)
{
	char name[65];
	const char *found;

	gethostname(name, sizeof name);
	found = past("sethostname", sethostname(name, strlen(name)));
	return found != NULL ? found : past("setdomainname", setdomainname("", 0));
}

static const char *ports(void)
{
#ifdef SYS_iopl
	const char *found = past("iopl", syscall(SYS_iopl, 3));

	return found != NULL ? found : past("ioperm", syscall(SYS_ioperm, 0x80, 1, 1));
#else
	return NULL;
#endif
}

/* Docker's and BuildKit's default, and nothing beyond it. */
static const char *capabilities(void)
{
	const unsigned long long allowed = 0xa80425fbULL;
	int i;

	for (i = 0; i <= CAP_LAST_CAP; i++)
		if ((allowed >> i & 1) == 0 && prctl(PR_CAPBSET_READ, i, 0, 0, 0) == 1)
			return reached("capability %d", i);
	return NULL;
}

const struct attempt call_attempts[] = {
	{"the clock, set to what it shows", clock_set},
	{"the clock, steered by nothing", clock_steered},
	{"a kernel module", module},
	{"a program for the kernel", program_for_kernel},
	{"watching the machine", watching},
	{"keyrings", keyrings},
	{"calls with a history", risky},
	{"the machine's power, swap and accounts", machine},
	{"the machine's name", names},
	{"the machine's ports", ports},
	{"more capabilities", capabilities},
	{NULL, NULL},
};
