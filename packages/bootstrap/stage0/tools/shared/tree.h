/* tree.h: paths that must stay inside a folder, and the names in one. */
#ifndef TREE_H
#define TREE_H

/*
 * Whether a path from outside may be used: relative, not empty, no ".." in it. Returns NULL, or why
 * not.
 */
const char *path_refusal(const char *path);

/*
 * Fails where something above a path is there and is not a folder: a symbolic link on the way could
 * lead out of the target. (Nothing else may change the tree meanwhile: links that others make
 * between this check and the use are not seen.)
 */
void check_parents(const char *path);

/* Checks the same and makes the folders above a path that are not there yet. */
void make_parents(const char *path);

/* The names in a folder but "." and "..", sorted by their bytes, the last entry NULL. */
char **list_folder(const char *path);

#endif
