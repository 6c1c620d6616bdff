/* probe list | probe [ATTEMPT…]: prints `ATTEMPT: held` or `ATTEMPT: reached WHAT`, a line each. */
#include "probe.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct attempt *const rooms[] = {
	file_attempts,	device_attempts, process_attempts, network_attempts,
	mount_attempts, kernel_attempts, call_attempts,
};

const char *bait(const char *name)
{
	const char *value = getenv(name);

	if (value != NULL)
		return value;
	fprintf(stderr, "probe: %s is not set\n", name);
	exit(2);
}

int bait_number(const char *name)
{
	return atoi(bait(name));
}

const char *reached(const char *format, ...)
{
	static char text[4096];
	va_list rest;

	va_start(rest, format);
	vsnprintf(text, sizeof text, format, rest);
	va_end(rest);
	return text;
}

const char *holds_bait(const char *path)
{
	char text[256];
	size_t length;
	FILE *file = fopen(path, "r");

	if (file == NULL)
		return NULL;
	length = fread(text, 1, sizeof text - 1, file);
	text[length] = '\0';
	fclose(file);
	return strstr(text, bait("BAIT_TEXT")) == NULL ? NULL : reached("%s", path);
}

static int is_wanted(const char *name, int count, char **names)
{
	int i;

	for (i = 1; i < count; i++)
		if (strcmp(names[i], name) == 0)
			return 1;
	return count < 2;
}

int main(int count, char **words)
{
	const int listing = count == 2 && strcmp(words[1], "list") == 0;
	const struct attempt *each;
	size_t room;

	setvbuf(stdout, NULL, _IOLBF, 0);
	for (room = 0; room < sizeof rooms / sizeof *rooms; room++)
		for (each = rooms[room]; each->name != NULL; each++) {
			if (listing) {
				puts(each->name);
			} else if (is_wanted(each->name, count, words)) {
				const char *what = each->run();

				printf("%s: %s%s\n", each->name, what == NULL ? "held" : "reached ",
				       what == NULL ? "" : what);
			}
		}
	return 0;
}
