/* Networks and sockets of the machine. */
#define _GNU_SOURCE
#include "probe.h"

#include <arpa/inet.h>
#include <linux/vm_sockets.h>
#include <net/if.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static const char *connected(int family, const void *address, socklen_t length, const char *what)
{
	const int number = socket(family, SOCK_STREAM | SOCK_NONBLOCK, 0);
	int done;

	if (number < 0)
		return NULL;
	done = connect(number, address, length);
	close(number);
	return done == 0 ? reached("%s", what) : NULL;
}

static const char *over_tcp(const char *host)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(bait_number("BAIT_PORT"))};
	const int number = socket(AF_INET, SOCK_STREAM, 0);
	const struct timeval patience = {.tv_sec = 2};
	int done;

	inet_pton(AF_INET, host, &address.sin_addr);
	setsockopt(number, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
	done = connect(number, (struct sockaddr *)&address, sizeof address);
	close(number);
	return done == 0 ? reached("a server at %s", host) : NULL;
}

static const char *local_server(void)
{
	return over_tcp("127.0.0.1");
}

static const char *server_at_own_address(void)
{
	return over_tcp(bait("BAIT_ADDRESS"));
}

static const char *interfaces(void)
{
	struct if_nameindex *each, *list = if_nameindex();
	const char *found = NULL;

	for (each = list; each != NULL && each->if_index != 0 && found == NULL; each++)
		if (strcmp(each->if_name, "lo") != 0)
			found = reached("interface %s", each->if_name);
	if (list != NULL)
		if_freenameindex(list);
	return found;
}

/* Its name is in no file system: only a network namespace divides it. Some servers have it end in zeros. */
static const char *abstract_socket(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	const char *name = bait("BAIT_ABSTRACT");
	const size_t length = strlen(name);

	const char *found;

	memcpy(address.sun_path + 1, name, length);
	found = connected(AF_UNIX, &address, offsetof(struct sockaddr_un, sun_path) + 1 + length,
			  "an abstract socket");
	return found != NULL ? found : connected(AF_UNIX, &address, sizeof address, "an abstract socket");
}

static const char *socket_file(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	snprintf(address.sun_path, sizeof address.sun_path, "%s", bait("BAIT_SOCKET"));
	return connected(AF_UNIX, &address, sizeof address, "a socket by its name");
}

static const char *engine_sockets(void)
{
	static const char *const paths[] = {"/run/docker.sock",
					    "/var/run/docker.sock",
					    "/run/containerd/containerd.sock",
					    "/run/podman/podman.sock",
					    "/run/dbus/system_bus_socket",
					    "/run/systemd/private"};
	struct stat is;
	size_t i;

	for (i = 0; i < sizeof paths / sizeof *paths; i++)
		if (stat(paths[i], &is) == 0)
			return reached("%s", paths[i]);
	return NULL;
}

/* No network namespace holds these (vsock(7)). */
static const char *hypervisor(void)
{
	const int number = socket(AF_VSOCK, SOCK_STREAM, 0);

	if (number < 0)
		return NULL;
	close(number);
	return reached("a socket to the hypervisor");
}

static const char *name_servers(void)
{
	char line[256];
	const char *found = NULL;
	FILE *file = fopen("/etc/resolv.conf", "r");

	while (file != NULL && found == NULL && fgets(line, sizeof line, file) != NULL)
		if (strncmp(line, "nameserver", 10) == 0)
			found = reached("%s", line);
	if (file != NULL)
		fclose(file);
	return found;
}

const struct attempt network_attempts[] = {
	{"a network interface", interfaces},
	{"a server on the loopback address", local_server},
	{"a server at the machine's address", server_at_own_address},
	{"an abstract socket", abstract_socket},
	{"a socket by its name", socket_file},
	{"the socket of an engine", engine_sockets},
	{"the hypervisor", hypervisor},
	{"the machine's name servers", name_servers},
	{NULL, NULL},
};
