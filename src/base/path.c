#include "base/path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"

enum { NAME_MOST_BYTES = 200 }; /* file systems take 255; a temporary name is longer than its file's */

char *path_join(const char *folder, const char *name)
{
	const size_t len = strlen(folder);

	if (len == 0 || name[0] == '/')
		return mem_text(name);
	return str_format("%s%s%s", folder, folder[len - 1] == '/' ? "" : "/", name);
}

bool path_exists(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0;
}

/* One folder, whose parent is there. */
static bool make_one(const char *path, mode_t mode, struct err *err)
{
	struct stat st;

	if (mkdir(path, mode) == 0)
		return true;
	if (errno != EEXIST)
		return err_errno(err, _("The folder %s cannot be made"), path);
	if (stat(path, &st) != 0)
		return err_errno(err, _("The folder %s cannot be read"), path);
	if (!S_ISDIR(st.st_mode))
		return err_set_sub(err, ERR_SYSTEM, ENOTDIR,
		                   _("%s is a file, where a folder is needed; move the file away."), path);
	return true;
}

bool path_make_folder(const char *path, mode_t mode, struct err *err)
{
	char *part = mem_text(path);
	bool made = true;

	for (char *at = part + 1; made && part[0] != '\0' && *at != '\0'; at++) {
		if (*at != '/' || at[-1] == '/')
			continue;
		*at = '\0';
		made = make_one(part, mode, err);
		*at = '/';
	}
	made = made && make_one(path, mode, err);
	free(part);
	return made;
}

/* Reads FD to its end, or to one byte more than MOST. */
static bool read_all(int fd, size_t most, struct str *bytes)
{
	char block[16384];

	while (bytes->len <= most) {
		const size_t room = most - bytes->len < sizeof(block) ? most - bytes->len + 1 : sizeof(block);
		const ssize_t got = read(fd, block, room);

		if (got == 0)
			return true;
		if (got > 0)
			str_add_len(bytes, block, (size_t)got);
		else if (errno != EINTR)
			return false;
	}
	return true;
}

char *path_read(const char *path, size_t most, size_t *len, struct err *err)
{
	struct str bytes = STR_INIT;
	const int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		err_errno(err, _("The file %s cannot be opened"), path);
		return NULL;
	}
	if (!read_all(fd, most, &bytes)) {
		err_errno(err, _("The file %s cannot be read"), path);
		goto fail;
	}
	if (bytes.len > most) {
		err_set(err, ERR_REFUSED, _("The file %s is too large: at most %zu bytes are taken."), path, most);
		goto fail;
	}
	close(fd);
	if (len != NULL)
		*len = bytes.len;
	return str_take(&bytes);
fail:
	close(fd);
	str_release(&bytes);
	return NULL;
}

/* The folder that PATH lies in; the caller frees. */
static char *folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return mem_text(".");
	return mem_text_len(path, slash == path ? 1 : (size_t)(slash - path));
}

/* A name is durable only when its folder is. */
static bool sync_folder(const char *path, struct err *err)
{
	char *folder = folder_of(path);
	const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* Some network file systems cannot sync a folder (EINVAL) and need not. */
	bool done = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL);

	if (!done)
		err_errno(err, _("The folder %s cannot be written to the disk"), folder);
	if (fd >= 0)
		close(fd);
	free(folder);
	return done;
}

/* Opens a new file beside PATH; *TEMPORARY is its name, which the caller frees. */
static int open_beside(const char *path, mode_t mode, char **temporary)
{
	int fd = -1;

	*temporary = NULL;
	for (int n = 0; n < 1000; n++) {
		free(*temporary);
		*temporary = str_format("%s.%ld.%d.tmp", path, (long)getpid(), n);
		fd = open(*temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
		if (fd >= 0 || errno != EEXIST)
			break;
	}
	return fd;
}

static bool write_all(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		const ssize_t put = write(fd, bytes, len);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return false;
		bytes += put;
		len -= (size_t)put;
	}
	return fsync(fd) == 0;
}

bool path_write(const char *path, const char *bytes, size_t len, mode_t mode, struct err *err)
{
	char *temporary;
	const int fd = open_beside(path, mode, &temporary);
	bool done = fd >= 0 && write_all(fd, bytes, len);

	/* close() may be the first to report a failed write. */
	if (fd >= 0 && close(fd) != 0)
		done = false;
	if (!done || rename(temporary, path) != 0) {
		done = err_errno(err, _("The file %s cannot be written"), path);
		if (fd >= 0)
			unlink(temporary);
	}
	free(temporary);
	return done && sync_folder(path, err);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool ends_with(const char *name, const char *suffix)
{
	const size_t len = strlen(name), end = strlen(suffix);

	return len >= end && strcmp(name + len - end, suffix) == 0;
}

bool path_list(const char *folder, const char *suffix, char ***names, size_t *count, struct err *err)
{
	DIR *stream = opendir(folder);
	char **found = NULL;
	size_t n = 0;

	*names = NULL;
	*count = 0;
	if (stream == NULL)
		return err_errno(err, _("The folder %s cannot be read"), folder);
	errno = 0;
	for (struct dirent *entry; (entry = readdir(stream)) != NULL;) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 || !ends_with(entry->d_name, suffix))
			continue;
		found = mem_resize(found, n + 1, sizeof(*found));
		found[n++] = mem_text(entry->d_name);
		errno = 0;
	}
	if (errno != 0) {
		err_errno(err, _("The folder %s cannot be read"), folder);
		goto fail;
	}
	closedir(stream);
	if (n > 0)
		qsort(found, n, sizeof(*found), by_name);
	*names = found;
	*count = n;
	return true;
fail:
	closedir(stream);
	while (n > 0)
		free(found[--n]);
	free(found);
	return false;
}

/* Windows opens a device by these names, whatever follows a dot. */
static bool is_device(const char *name)
{
	static const char *const devices[] = { "CON", "PRN", "AUX", "NUL" };
	const size_t stem = strcspn(name, ".");

	for (size_t i = 0; i < sizeof(devices) / sizeof(*devices); i++)
		if (stem == 3 && strncasecmp(name, devices[i], 3) == 0)
			return true;
	return stem == 4 && (strncasecmp(name, "COM", 3) == 0 || strncasecmp(name, "LPT", 3) == 0) && name[3] >= '0' &&
	       name[3] <= '9';
}

/* Cuts S to NAME_MOST_BYTES before its extension. */
static void shorten(struct str *s)
{
	const char *dot = strrchr(s->data, '.');
	const size_t extension = dot == NULL || strlen(dot) > 16 ? 0 : strlen(dot);
	size_t stem = s->len - extension;

	if (s->len <= NAME_MOST_BYTES)
		return;
	while (stem + extension > NAME_MOST_BYTES)
		stem = utf8_prev(s->data, stem);
	str_remove(s, stem, s->len - extension - stem);
}

char *path_safe_name(const char *name)
{
	struct str s = STR_INIT;
	char *clean = utf8_clean(name, false);

	for (char *at = clean; (at = strpbrk(at, "/\\:*?\"<>|")) != NULL;)
		*at = '_';
	str_set(&s, clean);
	free(clean);
	str_trim(&s);
	/* Windows drops a dot at the end; a dot at the start hides the file elsewhere. */
	while (s.len > 0 && (s.data[s.len - 1] == '.' || s.data[s.len - 1] == ' '))
		str_remove(&s, s.len - 1, 1);
	if (s.len > 0 && s.data[0] == '.')
		s.data[0] = '_';
	if (s.len == 0 || is_device(s.data))
		str_insert(&s, 0, "_", 1);
	shorten(&s);
	return str_take(&s);
}
