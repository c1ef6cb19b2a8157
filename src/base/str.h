/*
 * str: a growing, always NUL-terminated buffer of bytes (UTF-8 text).
 *
 * Layer: base. A zeroed struct str (STR_INIT) is valid and empty; `data` is
 * never NULL after the first append, and str_text() is never NULL at all.
 */
#ifndef YW_BASE_STR_H
#define YW_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct str {
	char *data;
	size_t len; /* bytes, without the NUL */
	size_t cap;
};

#define STR_INIT { NULL, 0, 0 }

void str_release(struct str *s);                       /* frees; leaves STR_INIT */
void str_clear(struct str *s);                         /* empty, keeps the memory */
void str_add(struct str *s, const char *text);         /* NULL adds nothing */
void str_add_len(struct str *s, const char *bytes, size_t len);
void str_add_char(struct str *s, char c);
void str_add_repeat(struct str *s, const char *text, int times);
void str_addf(struct str *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
void str_addv(struct str *s, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
void str_set(struct str *s, const char *text);
void str_insert(struct str *s, size_t at, const char *bytes, size_t len);
void str_remove(struct str *s, size_t at, size_t len);
void str_trim(struct str *s);                          /* white space, U+3000 too, at both ends */
const char *str_text(const struct str *s) __attribute__((returns_nonnull));
/* Hands the bytes over: the caller frees; S is empty again. Never NULL. */
char *str_take(struct str *s) __attribute__((returns_nonnull));

/* A formatted text that the caller frees. */
char *str_format(const char *format, ...) __attribute__((format(printf, 1, 2), returns_nonnull));

bool str_equal(const char *a, const char *b);          /* NULL equals NULL only */
bool str_is_empty(const char *text);                   /* NULL or "" */
/* Bounded copy into a fixed buffer, cut at a character boundary; true if all fitted. */
bool str_copy(char *to, size_t to_size, const char *from);

#endif
