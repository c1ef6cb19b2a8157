/* Any bytes: what is repaired is valid, what moves forward moves back, what fits fits, what is wrapped is whole. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/pinyin.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* assert() is silent in a release build; a fuzz target must never be. */
static __attribute__((noinline)) void must(bool holds)
{
	if (!holds)
		abort();
}

static void moving(const char *text)
{
	const size_t len = strlen(text);
	size_t count = 0, next;

	for (size_t at = 0; at < len; at = next, count++) {
		next = utf8_next(text, at);
		must(next > at && next <= len);
		must(utf8_prev(text, next) == at);
	}
	must(utf8_chars(text) == count);
	must(utf8_next(text, len) == len);
}

static void fitting(const char *text, int columns)
{
	const size_t len = strlen(text);
	int used;
	const size_t fits = utf8_fit(text, columns, &used);
	char *cut = utf8_ellipsis(text, columns);

	must(used <= columns && fits <= len);
	must(utf8_width_len(text, fits) == used);
	must(fits == len || utf8_width_len(text, utf8_next(text, fits)) > columns);
	must(utf8_width(cut) <= columns);
	must(utf8_is_valid(cut, strlen(cut), NULL));
	must(utf8_at_column(text, columns) <= len);
	free(cut);
}

static void wrapping(const char *text, int columns)
{
	struct utf8_line *lines;
	const size_t count = utf8_wrap(text, columns, &lines);
	size_t at = 0;

	must(count >= 1);
	for (size_t i = 0; i < count; i++) {
		must(lines[i].start == at && lines[i].start <= lines[i].end && lines[i].end <= lines[i].next);
		at = lines[i].next;
		/* Only blanks may hang over the edge, at the end of the text or of a paragraph. */
		while (lines[i].end > lines[i].start && text[lines[i].end - 1] == ' ')
			lines[i].end--;
		must(utf8_width_len(text + lines[i].start, lines[i].end - lines[i].start) <= (columns < 2 ? 2 : columns));
	}
	must(at == strlen(text));
	free(lines);
}

static void cleaning(const char *text)
{
	char *many = utf8_clean(text, true), *one = utf8_clean(text, false), *half = utf8_halfwidth(text);
	char *again = utf8_clean(many, true);

	must(utf8_is_valid(many, strlen(many), NULL) && utf8_is_valid(one, strlen(one), NULL));
	must(utf8_is_valid(half, strlen(half), NULL));
	must(utf8_find_control(many) == SIZE_MAX && utf8_find_control(one) == SIZE_MAX);
	must(strpbrk(one, "\n\t") == NULL && strchr(many, '\t') == NULL);
	must(strcmp(many, again) == 0);
	free(many);
	free(one);
	free(half);
	free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	size_t bad = 0;
	const bool was_valid = utf8_is_valid((const char *)bytes, len, &bad);
	char *text = utf8_repaired((const char *)bytes, len), *from;
	const int columns = len == 0 ? 0 : bytes[len - 1] % 90;

	must(was_valid || bad < len);
	must(utf8_is_valid(text, strlen(text), NULL));
	must(!was_valid || (strlen(text) == len && memcmp(text, bytes, len) == 0));
	for (int wide = 0; wide < 2; wide++) {
		utf8_set_ambiguous_wide(wide != 0);
		moving(text);
		fitting(text, columns);
		wrapping(text, columns);
	}
	cleaning(text);
	must(pinyin_finds(text, text));
	from = utf8_from("GB18030", (const char *)bytes, len);
	must(from == NULL || utf8_is_valid(from, strlen(from), NULL));
	free(from);
	free(text);
	return 0;
}
