/* cdk_glyph: see cdk_glyph.h. */
#include "tui/cdk_glyph.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

/* Attributes that CDK does not use (A_PROTECT and the Xopen line attributes) carry the upper half of the index. */
#define MARK A_ITALIC
#define HIGH_BITS (A_PROTECT | A_HORIZONTAL | A_LEFT | A_LOW | A_RIGHT | A_TOP | A_VERTICAL)
enum { HIGH_SHIFT = 24, GLYPHS_MOST = 1 << 15, SLOTS = 1 << 16 };

_Static_assert(HIGH_BITS == (chtype)0x7f << HIGH_SHIFT && MARK == (chtype)1 << 31, "chtype as ncurses 6 lays it out");

/* Interned graphemes, for the life of the process: what is on the screen of an office is a few thousand. */
static struct {
	char **texts; /* [1, count] */
	size_t count, capacity;
	unsigned short *slots; /* open hash of indices */
} table;

static size_t hash_of(const char *text, size_t len)
{
	uint32_t hash = 2166136261U;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)text[i]) * 16777619U;
	return (hash ^ hash >> 16) % SLOTS;
}

/* Index of the grapheme, interning it; 0 if there is no more room. */
static size_t intern(const char *text, size_t len)
{
	size_t slot = hash_of(text, len);

	if (table.slots == NULL)
		table.slots = mem_zeroed(SLOTS, sizeof *table.slots);
	for (; table.slots[slot] != 0; slot = (slot + 1) % SLOTS) {
		const char *known = table.texts[table.slots[slot]];
		if (strncmp(known, text, len) == 0 && known[len] == '\0')
			return table.slots[slot];
	}
	if (table.count + 1 >= GLYPHS_MOST)
		return 0;
	if (table.count + 2 > table.capacity) {
		table.capacity = table.capacity == 0 ? 256 : table.capacity * 2;
		table.texts = mem_resize(table.texts, table.capacity, sizeof *table.texts);
	}
	table.texts[++table.count] = mem_text_len(text, len);
	table.slots[slot] = (unsigned short)table.count;
	return table.count;
}

static chtype cell_of_index(size_t index)
{
	return MARK | (chtype)(index & 0xff) | (chtype)(index >> 8) << HIGH_SHIFT;
}

chtype glyph_cell(const char *text, size_t len)
{
	size_t index;

	if (len == 1)
		return (unsigned char)text[0];
	index = intern(text, len);
	return index == 0 ? (chtype)'?' : cell_of_index(index);
}

chtype glyph_second_half(void)
{
	return cell_of_index(0);
}

static bool is_glyph(chtype cell)
{
	return (cell & MARK) != 0 && (cell & A_ALTCHARSET) == 0;
}

static size_t index_of(chtype cell)
{
	return (cell & 0xff) | (size_t)((cell & HIGH_BITS) >> HIGH_SHIFT) << 8;
}

bool glyph_is_second_half(chtype cell)
{
	return is_glyph(cell) && index_of(cell) == 0;
}

const char *glyph_text(chtype cell, char buffer[2])
{
	if (is_glyph(cell)) {
		size_t index = index_of(cell);
		return index == 0 || index > table.count ? "" : table.texts[index];
	}
	buffer[0] = (char)(cell & A_CHARTEXT);
	buffer[1] = '\0';
	return buffer;
}

chtype glyph_attributes(chtype cell)
{
	chtype attributes = cell & (A_ATTRIBUTES | A_COLOR) & ~A_CHARTEXT;
	return is_glyph(cell) ? attributes & ~(MARK | HIGH_BITS) : attributes;
}

void cdk_text_add(struct str *out, enum style style, const char *text, size_t len)
{
	char *part = mem_text_len(text, strnlen(text, len)), *clean = utf8_clean(part, false);

	str_add_char(out, CDK_STYLE);
	str_add_char(out, (char)('A' + style));
	str_add(out, clean);
	free(clean);
	free(part);
}

char *cdk_text(enum style style, const char *text)
{
	struct str out = STR_INIT;

	cdk_text_add(&out, style, text, SIZE_MAX);
	return str_take(&out);
}
