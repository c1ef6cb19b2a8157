/* What enters from outside: repaired, cleaned, folded, converted. */
#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <uninorm.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8_parts.h"

enum {
	NEXT_LINE = 0x85,
	LINE_SEPARATOR = 0x2028,
	PARAGRAPH_SEPARATOR = 0x2029,
	WIDE_BLANK = 0x3000,
	WIDE_COMMA = 0x3001,
	WIDE_STOP = 0x3002,
	WIDE_FIRST = 0xFF01,
	WIDE_LAST = 0xFF5E,
	WIDE_SHIFT = 0xFEE0,
};

static void add_char(struct str *s, uint32_t c)
{
	char bytes[5];

	str_add_len(s, bytes, utf8_encode(c, bytes));
}

char *utf8_repaired(const char *bytes, size_t len)
{
	struct str s = STR_INIT;
	size_t bad;

	while (!utf8_is_valid(bytes, len, &bad)) {
		str_add_len(&s, bytes, bad);
		add_char(&s, 0xFFFD);
		bytes += bad + 1;
		len -= bad + 1;
	}
	str_add_len(&s, bytes, len);
	return str_take(&s);
}

static uint32_t halfwidth(uint32_t c)
{
	switch (c) {
	case WIDE_BLANK:
		return ' ';
	case WIDE_COMMA:
		return ',';
	case WIDE_STOP:
		return '.';
	default:
		return c >= WIDE_FIRST && c <= WIDE_LAST ? c - WIDE_SHIFT : c;
	}
}

char *utf8_halfwidth(const char *text)
{
	struct str s = STR_INIT;
	size_t len;

	for (; *text != '\0'; text += len)
		add_char(&s, halfwidth(utf8_decode(text, &len)));
	return str_take(&s);
}

/* What breaks a line, in whatever system the text was written. */
static bool is_line_break(uint32_t c)
{
	return c == '\n' || c == '\r' || c == NEXT_LINE || c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR;
}

/* What a terminal might obey, or what shows a text in another order than it is stored in. */
static bool is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR ||
	       (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

size_t utf8_find_control(const char *text)
{
	size_t len;

	for (size_t at = 0; text[at] != '\0'; at += len) {
		const uint32_t c = utf8_decode(text + at, &len);

		if (is_control(c) && c != '\n' && c != '\t')
			return at;
	}
	return SIZE_MAX;
}

/* TEXT in S without control characters; true if some of it may not be in NFC. */
static bool strip(struct str *s, const char *text, bool multiline)
{
	bool doubtful = false;
	size_t len;

	for (; *text != '\0'; text += len) {
		const uint32_t c = utf8_decode(text, &len);

		if (c == '\r' && text[1] == '\n')
			continue;
		if (is_line_break(c))
			str_add_char(s, multiline ? '\n' : ' ');
		else if (c == '\t')
			str_add_char(s, ' ');
		else if (!is_control(c))
			str_add_len(s, text, len);
		doubtful = doubtful || !(utf8_is_plain(c) || c == '\n');
	}
	return doubtful;
}

char *utf8_clean(const char *text, bool multiline)
{
	struct str s = STR_INIT;
	size_t len;
	char *buffer, *clean;

	if (!strip(&s, text, multiline) || s.len == 0)
		return str_take(&s);
	/* NFC at most triples a text; if this were not enough, the library would allocate by itself. */
	len = s.len * 3;
	buffer = mem_zeroed(len + 1, 1);
	clean = (char *)u8_normalize(UNINORM_NFC, (const uint8_t *)s.data, s.len, (uint8_t *)buffer, &len);
	if (clean == NULL)
		mem_exhausted();
	str_clear(&s);
	str_add_len(&s, clean, len);
	if (clean != buffer)
		free(clean);
	free(buffer);
	return str_take(&s);
}

/* All of BYTES through CONVERTER into S; false if they are not valid or not complete. */
static bool convert(iconv_t converter, const char *bytes, size_t len, struct str *s)
{
	char *in = (char *)bytes; /* iconv() does not write there, its prototype only says so */
	size_t result = 0;

	do {
		char block[512];
		char *out = block;
		size_t room = sizeof(block);

		result = iconv(converter, &in, &len, &out, &room);
		if (result == (size_t)-1 && errno != E2BIG)
			return false;
		str_add_len(s, block, (size_t)(out - block));
	} while (result == (size_t)-1 || len > 0);
	return true;
}

char *utf8_from(const char *codeset, const char *bytes, size_t len)
{
	struct str s = STR_INIT;
	iconv_t converter;
	bool good;

	if (strcasecmp(codeset, "UTF-8") == 0)
		return utf8_is_valid(bytes, len, NULL) ? mem_text_len(bytes, len) : NULL;
	converter = iconv_open("UTF-8", codeset);
	if (converter == (iconv_t)-1) /* NOLINT(performance-no-int-to-ptr): so POSIX says */
		return NULL;
	good = convert(converter, bytes, len, &s) && utf8_is_valid(str_text(&s), s.len, NULL);
	iconv_close(converter);
	if (good)
		return str_take(&s);
	str_release(&s);
	return NULL;
}
