/* Line breaking by UAX 14. */
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <unilbrk.h>

#include "base/mem.h"
#include "base/utf8_parts.h"

/* A text being broken: what may happen before each byte, and the lines so far. */
struct wrapping {
	const char *text;
	size_t len;
	int columns;
	char *breaks;
	struct utf8_line *lines;
	size_t count, room;
};

static void add_line(struct wrapping *w, size_t start, size_t end, size_t next)
{
	if (w->count == w->room) {
		w->room = w->room == 0 ? 4 : w->room * 2;
		w->lines = mem_resize(w->lines, w->room, sizeof(*w->lines));
	}
	w->lines[w->count++] = (struct utf8_line){ start, end, next };
}

/* A Chinese character or its punctuation, but neither its blank nor one of CATEGORY. */
static bool is_chinese_but(uint32_t c, uc_general_category_t category)
{
	return c > 0x3000 && utf8_is_plain(c) && !uc_is_general_category(c, category);
}

/*
 * UAX 14 cannot tell an opening “ from a closing one in every language and
 * forbids breaks at both sides of it. In Chinese there are no blanks around
 * quotations, so that a text full of them could hardly be broken; beside a
 * Chinese character a break outside the quotation is allowed (LB19a of later
 * editions). Inside it, and before what closes a sentence, there is still none.
 */
static void free_quotations(struct wrapping *w)
{
	uint32_t last = 0;
	size_t len;

	for (size_t at = 0; at < w->len; at += len) {
		const uint32_t c = utf8_decode(w->text + at, &len);
		const bool opens = c == 0x201C || c == 0x2018;
		const bool closed = last == 0x201D || last == 0x2019;

		if ((opens && is_chinese_but(last, UC_OPEN_PUNCTUATION)) ||
		    (closed && (is_chinese_but(c, UC_PUNCTUATION) || uc_is_general_category(c, UC_OPEN_PUNCTUATION))))
			w->breaks[at] = UC_BREAK_POSSIBLE;
		last = c;
	}
}

/* END without the blanks before it: at a soft break they belong to no line. */
static size_t without_blanks(const struct wrapping *w, size_t start, size_t end)
{
	while (end > start && w->text[end - 1] == ' ')
		end--;
	return end;
}

/* Bytes of the line break at AT: 0 if there is none. */
static size_t hard_break(const struct wrapping *w, size_t at)
{
	size_t len;

	if (w->breaks[at] == UC_BREAK_CR_BEFORE_LF)
		return 2;
	if (w->breaks[at] != UC_BREAK_MANDATORY)
		return 0;
	utf8_decode(w->text + at, &len);
	return len;
}

/* Adds the line that starts at START; returns where the next one does, or SIZE_MAX after the last. */
static size_t one_line(struct wrapping *w, size_t start)
{
	size_t soft = start, next, hard;
	int total = 0, more;

	for (size_t at = start; at < w->len; at = next) {
		hard = hard_break(w, at);
		if (hard > 0) {
			add_line(w, start, at, at + hard);
			return at + hard;
		}
		if (w->breaks[at] == UC_BREAK_POSSIBLE)
			soft = at;
		next = utf8_cluster(w->text, at, &more);
		total += more;
		/* A blank (not one that bears a mark) never starts a line: it hangs over the edge of this one. */
		if (total > w->columns && at > start && !(w->text[at] == ' ' && next == at + 1)) {
			const size_t cut = soft > start ? soft : at;

			add_line(w, start, without_blanks(w, start, cut), cut);
			return cut;
		}
	}
	add_line(w, start, w->len, w->len);
	return SIZE_MAX;
}

/* True if TEXT is surely one line: it fits, and has no byte that starts a line break. */
static bool is_one_line(const struct wrapping *w)
{
	return strpbrk(w->text, "\n\r\v\f\xc2\xe2") == NULL && utf8_fit(w->text, w->columns, NULL) == w->len;
}

size_t utf8_wrap(const char *text, int columns, struct utf8_line **lines)
{
	struct wrapping w = { .text = text, .len = strlen(text), .columns = columns < 2 ? 2 : columns };

	if (is_one_line(&w)) {
		add_line(&w, 0, w.len, w.len);
	} else {
		w.breaks = mem_zeroed(w.len, 1);
		u8_possible_linebreaks((const uint8_t *)text, w.len, "UTF-8", w.breaks);
		free_quotations(&w);
		for (size_t at = 0; at != SIZE_MAX;)
			at = one_line(&w, at);
		free(w.breaks);
	}
	*lines = w.lines;
	return w.count;
}
