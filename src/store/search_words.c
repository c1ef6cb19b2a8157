#include "store/search_words.h"

#include <stdint.h>

#include "base/utf8.h"

/* Full-width ASCII reads as ASCII, capitals as small letters. */
static uint32_t fold(uint32_t c)
{
	if (c >= 0xFF01 && c <= 0xFF5E)
		c -= 0xFEE0;
	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

/* Marks that change the character before them and are no word: accents, variation selectors, joiners. */
static bool is_mark(uint32_t c)
{
	return (c >= 0x0300 && c <= 0x036F) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0x200C || c == 0x200D;
}

static bool is_punctuation(uint32_t c)
{
	return (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x3004) || (c >= 0x3008 && c <= 0x3020) ||
	       (c >= 0xFE10 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF65) || (c >= 0x80 && c <= 0xBF && c != 0xB5);
}

static enum word_kind kind_of(uint32_t c)
{
	if (c >= '0' && c <= '9')
		return WORD_DIGITS;
	if (c >= 'a' && c <= 'z')
		return WORD_LETTERS;
	if (c < 0x80 || is_punctuation(c))
		return WORD_NONE;
	/* Other alphabets run on; signs such as ① ℃ and all of Chinese, Japanese, Korean stand alone. */
	return c < 0x2070 ? WORD_LETTERS : WORD_SINGLE;
}

enum word_kind search_words(struct str *out, const char *text, size_t len, size_t most)
{
	enum word_kind last = WORD_NONE, running = WORD_NONE;
	size_t words = 0;

	for (size_t at = 0; at < len && text[at] != '\0';) {
		char bytes[5];
		size_t step;
		const uint32_t c = fold(utf8_decode(text + at, &step));
		const enum word_kind kind = kind_of(c);

		at += step;
		if (is_mark(c))
			continue;
		if (kind != WORD_NONE && (kind == WORD_SINGLE || kind != running)) {
			if (words++ == most)
				break;
			str_add_char(out, ' ');
		}
		if (kind != WORD_NONE) {
			str_add_len(out, bytes, utf8_encode(c, bytes));
			last = kind;
		}
		running = kind;
	}
	return last;
}
