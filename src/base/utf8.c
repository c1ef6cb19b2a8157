/* Decoding, graphemes and widths. Line breaking: utf8_wrap.c; cleaning and conversion: utf8_clean.c. */
#include "base/utf8.h"

#include <string.h>
#include <unictype.h>
#include <unigbrk.h>
#include <unistr.h>
#include <uniwidth.h>

#include "base/str.h"
#include "base/utf8_parts.h"

enum { ZWJ = 0x200D, EMOJI_STYLE = 0xFE0F };

static bool ambiguous_wide;

void utf8_set_ambiguous_wide(bool wide)
{
	ambiguous_wide = wide;
}

bool utf8_is_valid(const char *bytes, size_t len, size_t *bad_at)
{
	const uint8_t *start = (const uint8_t *)bytes;
	const uint8_t *bad = u8_check(start, len);
	const char *nul = memchr(bytes, '\0', len);

	if (nul != NULL && (bad == NULL || (const uint8_t *)nul < bad))
		bad = (const uint8_t *)nul;
	if (bad != NULL && bad_at != NULL)
		*bad_at = (size_t)(bad - start);
	return bad == NULL;
}

uint32_t utf8_decode(const char *text, size_t *len)
{
	const uint8_t *bytes = (const uint8_t *)text;

	if (bytes[0] < 0x80) {
		*len = 1;
		return bytes[0];
	}
	if (bytes[0] < 0xE0) {
		*len = 2;
		return (bytes[0] & 0x1Fu) << 6 | (bytes[1] & 0x3Fu);
	}
	if (bytes[0] < 0xF0) {
		*len = 3;
		return (bytes[0] & 0x0Fu) << 12 | (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3Fu);
	}
	*len = 4;
	return (bytes[0] & 0x07u) << 18 | (bytes[1] & 0x3Fu) << 12 | (bytes[2] & 0x3Fu) << 6 | (bytes[3] & 0x3Fu);
}

size_t utf8_encode(uint32_t c, char buffer[5])
{
	const int len = c == 0 ? 0 : u8_uctomb((uint8_t *)buffer, c, 4);

	buffer[len > 0 ? len : 0] = '\0';
	return len > 0 ? (size_t)len : 0;
}

/* Start of the character that ends before AT (> 0). */
static size_t before(const char *text, size_t at)
{
	do
		at--;
	while (at > 0 && ((uint8_t)text[at] & 0xC0) == 0x80);
	return at;
}

size_t utf8_cut(const char *text, size_t len, size_t most)
{
	if (len <= most)
		return len;
	while (most > 0 && ((uint8_t)text[most] & 0xC0) == 0x80)
		most--;
	return most;
}

static bool is_flag_letter(uint32_t c)
{
	return c >= 0x1F1E6 && c <= 0x1F1FF;
}

/*
 * Where a grapheme ends is a matter of two neighbours but for two rules of
 * UAX 29: emoji are joined by ZWJ (GB11), flag letters go in pairs (GB12, GB13).
 * libunistring's u8_grapheme_next() does not look back for these.
 */
enum seam { JOINED, BROKEN, BY_CONTEXT };

static enum seam seam_between(uint32_t a, uint32_t b)
{
	if (utf8_is_plain(a) && utf8_is_plain(b))
		return BROKEN;
	if (is_flag_letter(a) && is_flag_letter(b))
		return BY_CONTEXT;
	if (a == ZWJ && uc_is_property_extended_pictographic(b))
		return BY_CONTEXT;
	return uc_is_grapheme_break(a, b) ? BROKEN : JOINED;
}

/* What has been seen of the grapheme so far, for the two rules that need it. */
struct cluster {
	uint32_t last;
	int flag_letters;
	bool pictograph;  /* an emoji and marks upon it */
	bool emoji_style; /* drawn as a picture, two columns */
	int columns;
};

static int char_columns(uint32_t c)
{
	int columns;

	if (c >= 0x20 && c < 0x7F)
		return 1;
	if (utf8_is_plain(c))
		return 2;
	columns = uc_width(c, "UTF-8");
	if (columns == 1 && ambiguous_wide && utf8_is_ambiguous(c))
		return 2;
	return columns < 0 ? 0 : columns;
}

static void cluster_add(struct cluster *k, uint32_t c)
{
	const int columns = char_columns(c);

	if (uc_is_property_extended_pictographic(c))
		k->pictograph = true;
	else if (c != ZWJ && uc_graphemeclusterbreak_property(c) != GBP_EXTEND)
		k->pictograph = false;
	k->flag_letters += is_flag_letter(c) ? 1 : 0;
	k->emoji_style = k->emoji_style || (c == EMOJI_STYLE && k->columns > 0) || k->flag_letters == 2;
	if (columns > k->columns)
		k->columns = columns;
	k->last = c;
}

static bool cluster_takes(const struct cluster *k, uint32_t c)
{
	switch (seam_between(k->last, c)) {
	case JOINED:
		return true;
	case BROKEN:
		return false;
	case BY_CONTEXT:
		return is_flag_letter(c) ? k->flag_letters % 2 == 1 : k->pictograph;
	}
	return false;
}

/* The grapheme that starts with FIRST and goes on at AT. */
static size_t long_cluster(const char *text, size_t at, uint32_t first, int *columns)
{
	struct cluster k = { 0 };
	size_t len;

	cluster_add(&k, first);
	while (text[at] != '\0') {
		const uint32_t c = utf8_decode(text + at, &len);

		if (!cluster_takes(&k, c))
			break;
		cluster_add(&k, c);
		at += len;
	}
	if (columns != NULL)
		*columns = k.emoji_style ? 2 : k.columns;
	return at;
}

static bool is_printing_ascii(char c)
{
	return c >= 0x20 && c < 0x7F;
}

size_t utf8_cluster(const char *text, size_t at, int *columns)
{
	size_t len, next, next_len;
	uint32_t c;

	/* The paint loop comes here for every cell, so the commonest case looks at two bytes only. */
	if (is_printing_ascii(text[at]) && (is_printing_ascii(text[at + 1]) || text[at + 1] == '\0')) {
		if (columns != NULL)
			*columns = 1;
		return at + 1;
	}
	c = utf8_decode(text + at, &len);
	next = at + len;
	if (utf8_is_plain(c) && (text[next] == '\0' || utf8_is_plain(utf8_decode(text + next, &next_len)))) {
		if (columns != NULL)
			*columns = c < 0x80 ? 1 : 2;
		return next;
	}
	return long_cluster(text, next, c, columns);
}

size_t utf8_next(const char *text, size_t at)
{
	return text[at] == '\0' ? at : utf8_cluster(text, at, NULL);
}

size_t utf8_prev(const char *text, size_t at)
{
	size_t start, next, len;

	if (at == 0)
		return 0;
	/* Back to a boundary that two neighbours alone decide, then forward by whole graphemes. */
	for (start = before(text, at); start > 0; start = before(text, start)) {
		const uint32_t a = utf8_decode(text + before(text, start), &len);

		if (seam_between(a, utf8_decode(text + start, &len)) == BROKEN)
			break;
	}
	while ((next = utf8_next(text, start)) < at)
		start = next;
	return start;
}

size_t utf8_chars(const char *text)
{
	size_t count = 0;

	for (size_t at = 0; text[at] != '\0'; at = utf8_cluster(text, at, NULL))
		count++;
	return count;
}

int utf8_width(const char *text)
{
	return utf8_width_len(text, SIZE_MAX);
}

int utf8_width_len(const char *text, size_t len)
{
	int total = 0, columns;

	for (size_t at = 0; at < len && text[at] != '\0'; total += columns)
		at = utf8_cluster(text, at, &columns);
	return total;
}

size_t utf8_fit(const char *text, int columns, int *used)
{
	int total = 0, more;
	size_t at = 0;

	while (text[at] != '\0') {
		const size_t next = utf8_cluster(text, at, &more);

		if (more > columns - total)
			break;
		total += more;
		at = next;
	}
	if (used != NULL)
		*used = total;
	return at;
}

size_t utf8_at_column(const char *text, int column)
{
	int total = 0, columns;
	size_t at = 0;

	while (text[at] != '\0') {
		const size_t next = utf8_cluster(text, at, &columns);

		total += columns;
		if (total > column)
			break;
		at = next;
	}
	return at;
}

static bool is_ascii(const char *text)
{
	while (*text != '\0' && (uint8_t)*text < 0x80)
		text++;
	return *text == '\0';
}

char *utf8_ellipsis(const char *text, int columns)
{
	const char *mark = is_ascii(text) ? ".." : "\xe2\x80\xa6";
	struct str s = STR_INIT;
	int mark_columns = utf8_width(mark);

	if (utf8_fit(text, columns, NULL) == strlen(text)) {
		str_add(&s, text);
		return str_take(&s);
	}
	if (mark_columns <= columns)
		str_add_len(&s, text, utf8_fit(text, columns - mark_columns, NULL));
	str_add_len(&s, mark, utf8_fit(mark, columns, NULL));
	return str_take(&s);
}
