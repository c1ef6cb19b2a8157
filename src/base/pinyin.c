#include "base/pinyin.h"

#include <stddef.h>
#include <stdlib.h>

#include "base/pinyin_table.h" /* made at build time: cmake/Pinyin.cmake */
#include "base/utf8.h"

static int compare(const void *key, const void *element)
{
	const uint32_t c = *(const uint32_t *)key;
	const struct rare_set *rare = element;

	if (c < rare->c)
		return -1;
	return c > rare->c ? 1 : 0;
}

const char *pinyin_initials(uint32_t c)
{
	const struct rare_set *rare;

	if (c < FIRST_CHARACTER)
		return "";
	if (c <= LAST_CHARACTER)
		return initial_sets[common_sets[c - FIRST_CHARACTER]];
	rare = bsearch(&c, rare_sets, sizeof(rare_sets) / sizeof(*rare_sets), sizeof(*rare_sets), compare);
	return rare == NULL ? "" : initial_sets[rare->set];
}

/* The next character as it is compared: half width, small letters. */
static uint32_t folded(const char *text, size_t *len)
{
	uint32_t c = utf8_decode(text, len);

	if (c >= 0xFF01 && c <= 0xFF5E)
		c -= 0xFEE0;
	else if (c == 0x3000)
		c = ' ';
	return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

static bool is_letter_or_digit(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Blanks and punctuation, which nobody types when looking for initials. */
static bool is_skipped(uint32_t c)
{
	if (c < 0x80)
		return !is_letter_or_digit(c);
	return c == 0xB7 || (c >= 0x2010 && c <= 0x2027) || (c >= 0x3001 && c <= 0x3020 && c != 0x3007);
}

static bool has_initial(uint32_t c, uint32_t letter)
{
	for (const char *initial = pinyin_initials(c); *initial != '\0'; initial++)
		if ((uint32_t)*initial == letter)
			return true;
	return false;
}

/* QUERY without the blanks that it starts with. */
static const char *after_blanks(const char *query)
{
	size_t len;

	while (*query != '\0' && folded(query, &len) == ' ')
		query += len;
	return query;
}

/* True if QUERY matches the characters from TEXT on. */
static bool matches_here(const char *text, const char *query)
{
	size_t text_len, query_len;
	bool within = false;

	while (*query != '\0') {
		const uint32_t wanted = folded(query, &query_len);
		uint32_t c;

		if (wanted == ' ' && *after_blanks(query) == '\0')
			return true;
		if (*text == '\0')
			return false;
		c = folded(text, &text_len);
		text += text_len;
		if (c == wanted || has_initial(c, wanted)) {
			query += query_len;
			within = true;
		} else if (!within || !is_skipped(c)) {
			return false;
		}
	}
	return true;
}

bool pinyin_finds(const char *text, const char *query)
{
	size_t len;

	query = after_blanks(query);
	if (*query == '\0')
		return true;
	for (; *text != '\0'; text += len) {
		if (matches_here(text, query))
			return true;
		utf8_decode(text, &len);
	}
	return false;
}
