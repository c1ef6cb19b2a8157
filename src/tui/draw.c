/* draw: UTF-8 to cells; see draw.h. */
#include <stdlib.h>
#include <wchar.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"
#include "tui/cells.h"

enum { RUN_MOST = 256 };

int pane_rows(const struct pane *pane)
{
	return getmaxy(pane->window);
}

int pane_cols(const struct pane *pane)
{
	return getmaxx(pane->window);
}

void draw_clear(struct pane *pane)
{
	pane->clears++;
	(void)werase(pane->window);
}

void draw_clear_rect(struct pane *pane, struct rect rect)
{
	for (int row = 0; row < rect.rows; row++)
		draw_fill(pane, rect.row + row, rect.col, rect.cols, STYLE_TEXT, ' ');
}

/* Draws nothing: control characters, and what would turn the line around on a terminal that reorders. */
static bool is_invisible(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x061c || (c >= 0x200b && c <= 0x200f) ||
	       (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || (c >= 0xfe00 && c <= 0xfe0f) ||
	       c == 0xfeff;
}

/*
 * One grapheme of LEN bytes: its first spacing character and the marks upon it,
 * then blanks up to its columns. Terminals disagree about emoji that are joined
 * or restyled; this way they show the first of them and the line stays aligned.
 */
static int grapheme_to_wide(const char *text, size_t len, wchar_t *wide)
{
	int count = 0, columns, used = 0;
	size_t step;

	wide[0] = (wchar_t)utf8_decode(text, &step);
	if (step == len && wide[0] >= 0x4e00 && wide[0] <= 0x9fff)
		return 1; /* as nearly all of it is */
	columns = utf8_width_len(text, len);
	for (size_t at = 0; at < len; at += step) {
		uint32_t c = utf8_decode(text + at, &step);
		int width = wcwidth((wchar_t)c);
		if (is_invisible(c) || width < 0 || count == CCHARW_MAX || (width > 0) != (used == 0))
			continue;
		wide[count++] = (wchar_t)c;
		used += width;
	}
	while (used < columns && ++used > 0)
		wide[count++] = L' ';
	return count;
}

/* Up to LEN bytes of TEXT as wide characters; *TAKEN is how many bytes that were. */
static int to_wide(const char *text, size_t len, wchar_t wide[RUN_MOST], size_t *taken)
{
	int count = 0;
	size_t at = 0;

	while (at < len && text[at] != '\0' && count < RUN_MOST - CCHARW_MAX - 2) {
		size_t next = utf8_next(text, at);
		if (next == at + 1 && !is_invisible((unsigned char)text[at]))
			wide[count++] = (wchar_t)text[at];
		else
			count += grapheme_to_wide(text + at, next - at, wide + count);
		at = next;
	}
	*taken = at;
	return count;
}

static bool clip(const struct pane *pane, int row, int *col, int *cols)
{
	if (row < 0 || row >= pane_rows(pane))
		return false;
	if (*col < 0) {
		*cols += *col;
		*col = 0;
	}
	if (*cols > pane_cols(pane) - *col)
		*cols = pane_cols(pane) - *col;
	return *cols > 0;
}

static void set_style(const struct pane *pane, enum style style)
{
	(void)wattr_set(pane->window, style_attributes(style), style_pair(style), NULL);
}

/* LEN bytes that are known to fit. */
static void put(const struct pane *pane, int row, int col, enum style style, const char *text, size_t len)
{
	wchar_t wide[RUN_MOST];
	size_t at = 0;

	set_style(pane, style);
	if (wmove(pane->window, row, col) == ERR)
		return;
	while (at < len && text[at] != '\0') {
		size_t taken;
		int count = to_wide(text + at, len - at, wide, &taken);
		if (count > 0)
			(void)waddnwstr(pane->window, wide, count);
		at += taken;
	}
}

int draw_text_len(struct pane *pane, int row, int col, int cols, enum style style, const char *text, size_t len)
{
	int used = 0;
	size_t fit;

	if (text == NULL || !clip(pane, row, &col, &cols))
		return 0;
	fit = utf8_fit(text, cols, &used);
	if (fit > len) {
		fit = len;
		used = utf8_width_len(text, len);
	}
	put(pane, row, col, style, text, fit);
	return used;
}

int draw_text(struct pane *pane, int row, int col, int cols, enum style style, const char *text)
{
	return draw_text_len(pane, row, col, cols, style, text, SIZE_MAX);
}

void draw_fill(struct pane *pane, int row, int col, int cols, enum style style, char c)
{
	cchar_t cell;
	wchar_t text[2] = { (wchar_t)c, L'\0' };

	if (!clip(pane, row, &col, &cols))
		return;
	(void)setcchar(&cell, text, style_attributes(style), style_pair(style), NULL);
	set_style(pane, style); /* curses adds the window's own attributes to the cell's */
	if (wmove(pane->window, row, col) != ERR)
		(void)whline_set(pane->window, &cell, cols);
}

/* TEXT with blanks around it in COLS columns; SHARE halves of the blanks before it. */
static void put_aligned(struct pane *pane, int row, int col, int cols, enum style style, const char *text,
                        int share)
{
	char *cut = NULL;
	int width, left;

	text = text == NULL ? "" : text;
	if (!clip(pane, row, &col, &cols))
		return;
	width = utf8_width(text);
	if (width > cols) {
		text = cut = utf8_ellipsis(text, cols);
		width = utf8_width(cut);
	}
	left = (cols - width) * share / 2;
	draw_fill(pane, row, col, left, style, ' ');
	put(pane, row, col + left, style, text, SIZE_MAX);
	draw_fill(pane, row, col + left + width, cols - left - width, style, ' ');
	free(cut);
}

void draw_cell(struct pane *pane, int row, int col, int cols, enum style style, const char *text)
{
	put_aligned(pane, row, col, cols, style, text, 0);
}

void draw_centered(struct pane *pane, int row, int col, int cols, enum style style, const char *text)
{
	put_aligned(pane, row, col, cols, style, text, 1);
}

void draw_cell_right(struct pane *pane, int row, int col, int cols, enum style style, const char *text)
{
	put_aligned(pane, row, col, cols, style, text, 2);
}

int draw_wrapped(struct pane *pane, struct rect rect, enum style style, const char *text)
{
	struct utf8_line *lines;
	size_t count;

	if (text == NULL || rect.cols < 2)
		return 0;
	count = utf8_wrap(text, rect.cols, &lines);
	for (size_t i = 0; i < count && (int)i < rect.rows; i++) {
		draw_text_len(pane, rect.row + (int)i, rect.col, rect.cols, style, text + lines[i].start,
		              lines[i].end - lines[i].start);
	}
	free(lines);
	return (int)count;
}

void draw_caret(struct pane *pane, int row, int col)
{
	int rows = pane_rows(pane), cols = pane_cols(pane);

	row = row < 0 ? 0 : row >= rows ? rows - 1 : row;
	col = col < 0 ? 0 : col >= cols ? cols - 1 : col;
	term_place_cursor(getbegy(pane->window) + row, getbegx(pane->window) + col);
}
