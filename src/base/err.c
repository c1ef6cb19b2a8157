#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

enum { TEXT_SIZE = sizeof(((struct err *)0)->text) };

/* The arguments may point into the text that is about to be replaced, so it is built aside. */
static void fill(struct err *err, enum err_code code, int sub, const char *file, int line, const char *text)
{
	err->code = code;
	err->sub = sub;
	err->file = file;
	err->line = line;
	str_copy(err->text, sizeof(err->text), text);
}

bool err_set_at(struct err *err, enum err_code code, int sub, const char *file, int line, const char *format, ...)
{
	/* Room beyond the field: what is cut is cut by str_copy, at a character. */
	char text[TEXT_SIZE + 8];
	va_list args;

	if (err == NULL)
		return false;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	fill(err, code, sub, file, line, text);
	return false;
}

bool err_errno_at(struct err *err, const char *file, int line, const char *format, ...)
{
	const int number = errno;
	struct str text = STR_INIT;
	char reason[128];
	va_list args;

	if (err == NULL)
		return false;
	va_start(args, format);
	str_addv(&text, format, args);
	va_end(args);
	if (strerror_r(number, reason, sizeof(reason)) != 0)
		snprintf(reason, sizeof(reason), "errno %d", number);
	str_add(&text, ": ");
	str_add(&text, reason);
	fill(err, ERR_SYSTEM, number, file, line, str_text(&text));
	str_release(&text);
	errno = number;
	return false;
}

bool err_prefix(struct err *err, const char *format, ...)
{
	struct str text = STR_INIT;
	va_list args;

	if (err == NULL)
		return false;
	va_start(args, format);
	str_addv(&text, format, args);
	va_end(args);
	str_add(&text, ": ");
	str_add(&text, err->text);
	str_copy(err->text, sizeof(err->text), str_text(&text));
	str_release(&text);
	return false;
}

void err_clear(struct err *err)
{
	if (err != NULL)
		*err = (struct err){ .code = ERR_NONE };
}
