/*
 * err: what the world did to us.
 *
 * Layer: base. Functions that can fail through no fault of the code take a
 * `struct err *` as their last parameter and return bool (or NULL). The text is
 * a whole sentence for a person, already translated: what, where, what to do.
 * Field faults (what a user typed) are not errs; see form/session.h.
 */
#ifndef YW_BASE_ERR_H
#define YW_BASE_ERR_H

#include <stdbool.h>

/* The values are the exit statuses of the command line (a contract). */
enum err_code {
	ERR_NONE = 0,    /* done */
	ERR_REFUSED = 1, /* refused because of what was given */
	ERR_USAGE = 2,   /* wrong usage of a command */
	ERR_DENIED = 3,  /* not permitted */
	ERR_BUSY = 4,    /* busy, or changed by another: try again */
	ERR_DAMAGED = 5, /* the data is damaged */
	ERR_SYSTEM = 6,  /* the system failed: disk, memory, permission */
};

struct err {
	enum err_code code;
	int sub;          /* errno or a library's own code, 0 if none */
	const char *file; /* where in the source it was raised */
	int line;
	char text[512];   /* UTF-8, NUL-terminated, cut at a character boundary */
};

/*
 * Fills ERR (which may be NULL) and returns false, so that a function can end
 * with `return err_set(err, ERR_BUSY, _("..."), ...);`.
 */
bool err_set_at(struct err *err, enum err_code code, int sub, const char *file, int line,
                const char *format, ...) __attribute__((format(printf, 6, 7)));

#define err_set(err, code, ...) err_set_at((err), (code), 0, __FILE__, __LINE__, __VA_ARGS__)
#define err_set_sub(err, code, sub, ...) err_set_at((err), (code), (sub), __FILE__, __LINE__, __VA_ARGS__)

/* As err_set with ERR_SYSTEM, errno as sub and ": <strerror>" appended. */
bool err_errno_at(struct err *err, const char *file, int line, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
#define err_errno(err, ...) err_errno_at((err), __FILE__, __LINE__, __VA_ARGS__)

/* Puts "WHAT: " before the text already in ERR; returns false. */
bool err_prefix(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

void err_clear(struct err *err);

#endif
