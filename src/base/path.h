/*
 * path: files and folders.
 *
 * Layer: base. Results are freed by the caller.
 */
#ifndef YW_BASE_PATH_H
#define YW_BASE_PATH_H

#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"

char *path_join(const char *folder, const char *name);
bool path_exists(const char *path);
/* Makes PATH and its parents with MODE (umask aside); fine if it is there already as a folder. */
bool path_make_folder(const char *path, mode_t mode, struct err *err);
/* The whole file, NUL-terminated, *LEN its bytes; refuses more than MOST bytes. */
char *path_read(const char *path, size_t most, size_t *len, struct err *err);
/* Writes a file whole or not at all: beside it, fsync, rename, fsync of the folder. */
bool path_write(const char *path, const char *bytes, size_t len, mode_t mode, struct err *err);
/* Sorted names in FOLDER that end in SUFFIX; the caller frees each and the array. False if it cannot be read. */
bool path_list(const char *folder, const char *suffix, char ***names, size_t *count, struct err *err);
/* NAME made safe as a file name on any system (no / \ : * ? " < > |, no control bytes, no leading dot). */
char *path_safe_name(const char *name);

#endif
