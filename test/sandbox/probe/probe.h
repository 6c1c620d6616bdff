/*
 * A program that tries to reach what lies outside of a sandbox. An attempt returns NULL where it was held,
 * else what it reached, in words. None does harm where it gets through: what it opens it does not write,
 * what it sets has that value already.
 */
#ifndef PROBE_H
#define PROBE_H

struct attempt {
	const char *name;
	const char *(*run)(void);
};

/* Each room's attempts, up to one without a name. */
extern const struct attempt file_attempts[];
extern const struct attempt device_attempts[];
extern const struct attempt process_attempts[];
extern const struct attempt network_attempts[];
extern const struct attempt mount_attempts[];
extern const struct attempt kernel_attempts[];
extern const struct attempt call_attempts[];

/* What the bait of a name is, which the environment tells. */
const char *bait(const char *name);

/* The same as a number. */
int bait_number(const char *name);

/* A text that stays, as printf makes it. */
const char *reached(const char *format, ...);

/* Whether a file can be read and holds the bait's text; what it is then, else NULL. */
const char *holds_bait(const char *path);

#endif
