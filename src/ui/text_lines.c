#include "ui/text_lines.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

void text_column(struct str *out, const char *text, int cols)
{
	int used = utf8_width(text);

	str_add(out, text);
	str_add_repeat(out, " ", used + 2 <= cols ? cols - used : 2);
}

void text_lines_clear(struct text_lines *lines)
{
	for (size_t i = 0; i < lines->count; i++)
		free(lines->lines[i].text);
	lines->count = 0;
}

void text_lines_release(struct text_lines *lines)
{
	text_lines_clear(lines);
	free(lines->lines);
	*lines = (struct text_lines){ 0 };
}

static void push(struct text_lines *lines, char *text, enum style style, int indent)
{
	if (lines->count == lines->cap) {
		lines->cap = lines->cap ? lines->cap * 2 : 64;
		lines->lines = mem_resize(lines->lines, lines->cap, sizeof *lines->lines);
	}
	lines->lines[lines->count++] = (struct text_line){ text, style, indent };
}

void text_lines_add(struct text_lines *lines, int cols, int indent, enum style style, const char *text)
{
	struct utf8_line *parts;
	size_t count = utf8_wrap(text, cols - indent > 2 ? cols - indent : 2, &parts);

	for (size_t i = 0; i < count; i++)
		push(lines, mem_text_len(text + parts[i].start, parts[i].end - parts[i].start), style, indent);
	free(parts);
}

void text_lines_pair(struct text_lines *lines, int cols, int label_cols, enum style style, const char *label,
                     const char *value)
{
	struct utf8_line *parts;
	int room = cols - label_cols - 2;
	size_t count = utf8_wrap(value, room > 2 ? room : 2, &parts);

	for (size_t i = 0; i < count; i++) {
		struct str line = STR_INIT;
		int used = i == 0 ? utf8_width(label) : 0;

		str_add(&line, i == 0 ? label : "");
		/* A label that is too long pushes its value to the right rather than being cut. */
		str_add_repeat(&line, " ", used < label_cols ? label_cols - used + 2 : 2);
		str_add_len(&line, value + parts[i].start, parts[i].end - parts[i].start);
		push(lines, str_take(&line), style, 0);
	}
	free(parts);
}

bool text_lines_key(struct text_lines *lines, const struct key *key, int seen)
{
	size_t page = seen > 2 ? (size_t)seen - 1 : 1;
	size_t last = lines->count > (size_t)seen ? lines->count - (size_t)seen : 0;

	if (!key)
		return false;
	if (key_is(key, K_UP, 0))
		lines->top -= lines->top > 0;
	else if (key_is(key, K_DOWN, 0))
		lines->top++;
	else if (key_is(key, K_PAGE_UP, 0))
		lines->top -= lines->top < page ? lines->top : page;
	else if (key_is(key, K_PAGE_DOWN, 0) || key_is_text(key, " "))
		lines->top += page;
	else if (key_is(key, K_HOME, 0))
		lines->top = 0;
	else if (key_is(key, K_END, 0))
		lines->top = last;
	else
		return false;
	if (lines->top > last)
		lines->top = last;
	return true;
}

void text_lines_paint(struct text_lines *lines, struct pane *pane, struct rect rect)
{
	for (int row = 0; row < rect.rows; row++) {
		size_t at = lines->top + (size_t)row;
		const struct text_line *line = at < lines->count ? &lines->lines[at] : NULL;

		draw_clear_rect(pane, (struct rect){ rect.row + row, rect.col, 1, rect.cols });
		if (line)
			draw_text(pane, rect.row + row, rect.col + line->indent, rect.cols - line->indent, line->style, line->text);
	}
	draw_scrollbar(pane, rect.row, rect.col + rect.cols - 1, rect.rows, lines->top, (size_t)rect.rows, lines->count);
}
