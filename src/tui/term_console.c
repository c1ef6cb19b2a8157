/* term_console: is this the bare Linux console, whose font has no Chinese? */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "tui/term.h"
#include "tui/term_console.h"

/* Programs that draw Chinese on the frame buffer; below them TERM may still be "linux". */
static const char *const drawers[] = { "fbterm", "kmscon", "yaft", "jfbterm", "zhcon", "bogl-bterm", "cage" };

/* The name and the parent of the process PID; false if /proc does not say. */
static bool process_of(long pid, char name[64], long *parent)
{
	char path[64], line[512], *open, *close;
	FILE *file;
	bool read;

	(void)snprintf(path, sizeof path, "/proc/%ld/stat", pid);
	file = fopen(path, "r");
	if (file == NULL)
		return false;
	read = fgets(line, sizeof line, file) != NULL;
	(void)fclose(file);
	open = read ? strchr(line, '(') : NULL;
	close = read ? strrchr(line, ')') : NULL;
	if (open == NULL || close == NULL || strlen(close) < 5)
		return false;
	*close = '\0';
	(void)str_copy(name, 64, open + 1);
	*parent = strtol(close + 4, NULL, 10);
	return true;
}

bool term_console_is_drawer(const char *name)
{
	for (size_t i = 0; i < sizeof drawers / sizeof *drawers; i++) {
		if (str_equal(name, drawers[i]))
			return true;
	}
	return false;
}

static bool is_below_a_drawer(void)
{
	char name[64];
	long pid = (long)getpid(), parent;

	for (int depth = 0; depth < 64 && pid > 1 && process_of(pid, name, &parent); depth++, pid = parent) {
		if (term_console_is_drawer(name))
			return true;
	}
	return false;
}

/* "/dev/tty3", not "/dev/tty" nor "/dev/pts/3". */
bool term_console_is_virtual(const char *type, const char *tty)
{
	static const char head[] = "/dev/tty";

	if (type == NULL || strncmp(type, "linux", 5) != 0 || tty == NULL || strncmp(tty, head, sizeof head - 1) != 0)
		return false;
	tty += sizeof head - 1;
	return tty[0] != '\0' && strspn(tty, "0123456789") == strlen(tty);
}

bool term_can_show_chinese(void)
{
	return !term_console_is_virtual(getenv("TERM"), ttyname(STDOUT_FILENO)) || is_below_a_drawer();
}
