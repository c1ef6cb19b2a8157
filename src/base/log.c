#include "base/log.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"

/* The process has one log, as it has one standard error. */
static int log_fd = -1;
static enum log_level log_most = LOG_ERROR;
static int real_stderr = -1;

static const char *const level_names[] = {
	[LOG_ERROR] = "error",
	[LOG_WARN] = "warn",
	[LOG_INFO] = "info",
	[LOG_DEBUG] = "debug",
};

bool log_open(const char *path, enum log_level most, struct err *err)
{
	const int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

	if (fd < 0)
		return err_errno(err, _("The log %s cannot be opened"), path);
	log_close();
	log_fd = fd;
	log_most = most;
	return true;
}

void log_close(void)
{
	if (log_fd >= 0)
		close(log_fd);
	log_fd = -1;
}

/* C as it may be read on a terminal. */
static void add_escaped(struct str *line, uint32_t c, const char *bytes, size_t len)
{
	if (c == '\n')
		str_add(line, "\\n");
	else if (c < 0x20 || (c >= 0x7F && c < 0xA0))
		str_addf(line, "\\x%02x", (unsigned int)c);
	else
		str_add_len(line, bytes, len);
}

void log_write(enum log_level level, const char *format, ...)
{
	struct str text = STR_INIT, line = STR_INIT;
	char stamp[CLOCK_STAMP_SIZE];
	char *valid;
	va_list args;
	size_t len;

	if (log_fd < 0 || level > log_most)
		return;
	va_start(args, format);
	str_addv(&text, format, args);
	va_end(args);
	valid = utf8_repaired(str_text(&text), text.len);
	/* The machine's clock, not the one that a training office may move: a log is about the machine. */
	str_addf(&line, "%s %ld %s ", clock_stamp(time(NULL), stamp), (long)getpid(), level_names[level]);
	for (const char *at = valid; *at != '\0'; at += len) {
		const uint32_t c = utf8_decode(at, &len);

		add_escaped(&line, c, at, len);
	}
	str_add_char(&line, '\n');
	/* One write a line, so that processes do not mix theirs. Nobody can be told of a log that fails. */
	if (write(log_fd, line.data, line.len) < 0)
		log_close();
	free(valid);
	str_release(&line);
	str_release(&text);
}

bool log_capture_stderr(struct err *err)
{
	const int to = log_fd >= 0 ? log_fd : open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (real_stderr >= 0)
		return true;
	real_stderr = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
	if (to < 0 || real_stderr < 0 || dup2(to, STDERR_FILENO) < 0) {
		err_errno(err, _("Standard error cannot be sent to the log"));
		goto fail;
	}
	if (to != log_fd)
		close(to);
	return true;
fail:
	if (real_stderr >= 0)
		close(real_stderr);
	real_stderr = -1;
	if (to >= 0 && to != log_fd)
		close(to);
	return false;
}

void log_release_stderr(void)
{
	if (real_stderr < 0)
		return;
	dup2(real_stderr, STDERR_FILENO);
	close(real_stderr);
	real_stderr = -1;
}

bool log_captures_stderr(void)
{
	return real_stderr >= 0;
}
