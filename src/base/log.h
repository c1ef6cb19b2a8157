/*
 * log: to a file, never to the screen.
 *
 * Layer: base. One line an event: UTC time, pid, level, text; control bytes are
 * escaped so that a log can be read on a terminal. Before log_open() (and if it
 * fails) lines go nowhere. Passwords and form contents are never logged.
 */
#ifndef YW_BASE_LOG_H
#define YW_BASE_LOG_H

#include "base/err.h"

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

bool log_open(const char *path, enum log_level most, struct err *err);
void log_close(void);
void log_write(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Sends what libraries print on standard error (libxlsxwriter) into the log, and back. */
bool log_capture_stderr(struct err *err);
void log_release_stderr(void);
bool log_captures_stderr(void);

#endif
