#include "base/str.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

enum { SMALLEST = 32 };

static const char blank_wide[] = "\xe3\x80\x80"; /* U+3000, the blank of Chinese input methods */

/* Room for MORE bytes and the NUL. */
static void grow(struct str *s, size_t more)
{
	size_t need;

	/* An overflow asks for more than there is, which mem_resize answers. */
	if (__builtin_add_overflow(s->len, more, &need) || __builtin_add_overflow(need, 1, &need))
		need = SIZE_MAX;
	if (need <= s->cap)
		return;
	size_t cap = s->cap < SMALLEST ? SMALLEST : s->cap;
	while (cap < need && cap <= SIZE_MAX / 2)
		cap *= 2;
	s->cap = cap < need ? need : cap;
	s->data = mem_resize(s->data, s->cap, 1);
}

void str_release(struct str *s)
{
	free(s->data);
	*s = (struct str)STR_INIT;
}

void str_clear(struct str *s)
{
	s->len = 0;
	if (s->data != NULL)
		s->data[0] = '\0';
}

void str_add(struct str *s, const char *text)
{
	if (text != NULL)
		str_add_len(s, text, strlen(text));
}

void str_add_len(struct str *s, const char *bytes, size_t len)
{
	grow(s, len);
	if (len > 0)
		memmove(s->data + s->len, bytes, len);
	s->len += len;
	s->data[s->len] = '\0';
}

void str_add_char(struct str *s, char c)
{
	grow(s, 1);
	s->data[s->len++] = c;
	s->data[s->len] = '\0';
}

void str_add_repeat(struct str *s, const char *text, int times)
{
	const size_t len = strlen(text);

	for (int i = 0; i < times; i++)
		str_add_len(s, text, len);
}

void str_addf(struct str *s, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	str_addv(s, format, args);
	va_end(args);
}

void str_addv(struct str *s, const char *format, va_list args)
{
	va_list again;
	int len;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, args);
	if (len >= 0) {
		grow(s, (size_t)len);
		vsnprintf(s->data + s->len, (size_t)len + 1, format, again);
		s->len += (size_t)len;
	}
	va_end(again);
}

void str_set(struct str *s, const char *text)
{
	/* TEXT may point into S itself, so its first bytes must outlive the clearing. */
	s->len = 0;
	str_add(s, text);
	if (text == NULL)
		str_clear(s);
}

void str_insert(struct str *s, size_t at, const char *bytes, size_t len)
{
	if (at > s->len)
		at = s->len;
	grow(s, len);
	memmove(s->data + at + len, s->data + at, s->len - at + 1);
	if (len > 0)
		memcpy(s->data + at, bytes, len);
	s->len += len;
	s->data[s->len] = '\0';
}

void str_remove(struct str *s, size_t at, size_t len)
{
	if (at >= s->len)
		return;
	if (len > s->len - at)
		len = s->len - at;
	memmove(s->data + at, s->data + at + len, s->len - at - len + 1);
	s->len -= len;
}

/* Bytes of white space that TEXT starts with. */
static size_t blank_at(const char *text)
{
	if (*text != '\0' && strchr(" \t\r\n\v\f", *text) != NULL)
		return 1;
	return strncmp(text, blank_wide, 3) == 0 ? 3 : 0;
}

/* Bytes of white space that the LEN bytes of TEXT end with. */
static size_t blank_before(const char *text, size_t len)
{
	if (len >= 1 && blank_at(text + len - 1) == 1)
		return 1;
	return len >= 3 && memcmp(text + len - 3, blank_wide, 3) == 0 ? 3 : 0;
}

void str_trim(struct str *s)
{
	size_t start = 0, blank;

	if (s->len == 0)
		return;
	while ((blank = blank_before(s->data, s->len)) > 0)
		s->len -= blank;
	s->data[s->len] = '\0';
	while ((blank = blank_at(s->data + start)) > 0)
		start += blank;
	str_remove(s, 0, start);
}

const char *str_text(const struct str *s)
{
	return s->data == NULL ? "" : s->data;
}

char *str_take(struct str *s)
{
	char *data = s->data == NULL ? mem_zeroed(1, 1) : s->data;

	*s = (struct str)STR_INIT;
	return data;
}

char *str_format(const char *format, ...)
{
	struct str s = STR_INIT;
	va_list args;

	va_start(args, format);
	str_addv(&s, format, args);
	va_end(args);
	return str_take(&s);
}

bool str_equal(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return strcmp(a, b) == 0;
}

bool str_is_empty(const char *text)
{
	return text == NULL || *text == '\0';
}

bool str_copy(char *to, size_t to_size, const char *from)
{
	const size_t len = strlen(from);
	const size_t fits = utf8_cut(from, len, to_size - 1);

	memmove(to, from, fits);
	to[fits] = '\0';
	return fits == len;
}
