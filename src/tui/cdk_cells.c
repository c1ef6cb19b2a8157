/*
 * cdk_cells: the few functions of CDK that know what a cell is, for every language.
 *
 * CDK draws one byte a cell and reads mark-up in whatever it is given. The linker's
 * --wrap (cmake/Libraries.cmake) puts these in their place: as many cells as the text
 * has columns, whole glyphs put down with wide calls, no mark-up at all ("<C>", "</B>"
 * show as they were typed). Alignment and style are asked for with a byte that data
 * cannot contain, see cdk_glyph.h. And nothing of CDK's goes to the terminal by
 * itself: wrefresh() only copies, the loop flushes; nothing beeps.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"
#include "tui/cdk_glyph.h"

chtype *__wrap_char2Chtype(const char *string, int *to, int *align);
char *__wrap_chtype2Char(const chtype *string);
char *__wrap_chtype2String(const chtype *string);
void __wrap_writeChtype(WINDOW *window, int xpos, int ypos, chtype *string, int align, int start, int end);
void __wrap_writeChtypeAttrib(WINDOW *window, int xpos, int ypos, chtype *string, chtype attr, int align, int start,
                              int end);
void __wrap_writeChar(WINDOW *window, int xpos, int ypos, char *string, int align, int start, int end);
void __wrap_writeCharAttrib(WINDOW *window, int xpos, int ypos, char *string, chtype attr, int align, int start,
                            int end);
int __wrap_wrefresh(WINDOW *window);
void __wrap_Beep(void);

int __wrap_wrefresh(WINDOW *window)
{
	return wnoutrefresh(window);
}

void __wrap_Beep(void)
{
}

/* The cells of one grapheme; returns how many. */
static int grapheme_cells(const char *text, size_t len, chtype attributes, chtype *cells)
{
	int columns = utf8_width_len(text, len);

	if (columns < 1 || columns > 2)
		return 0;
	cells[0] = glyph_cell(text, len) | attributes;
	if (columns == 2 && cells[0] == ('?' | attributes) && len > 1) /* there was no more room for it */
		cells[1] = '?' | attributes;
	else if (columns == 2)
		cells[1] = glyph_second_half() | attributes;
	return columns;
}

chtype *__wrap_char2Chtype(const char *string, int *to, int *align)
{
	size_t len = string == NULL ? 0 : strlen(string), at = 0;
	chtype *cells = mem_zeroed(len * 2 + 2, sizeof *cells), attributes = A_NORMAL;
	char *good = mem_text_len("", 0);

	*to = 0;
	*align = LEFT;
	if (len > 0 && !utf8_is_valid(string, len, NULL)) {
		free(good);
		string = good = utf8_repaired(string, len);
		free(cells);
		len = strlen(good);
		cells = mem_zeroed(len * 2 + 2, sizeof *cells);
	}
	while (at < len) {
		size_t next = utf8_next(string, at);
		if (string[at] == CDK_STYLE && string[at + 1] != '\0') {
			attributes = style_cdk((enum style)(string[at + 1] - 'A'));
			next = at + 2;
		} else {
			*to += grapheme_cells(string + at, next - at, attributes, cells + *to);
		}
		at = next;
	}
	if (*to == 0)
		cells[0] = attributes; /* CDK reads an attribute from an empty text so */
	free(good);
	return cells;
}

char *__wrap_chtype2Char(const chtype *string)
{
	struct str text = STR_INIT;
	char ascii[2];

	for (; string != NULL && *string != 0; string++)
		str_add(&text, glyph_text(*string, ascii));
	return str_take(&text);
}

char *__wrap_chtype2String(const chtype *string)
{
	return __wrap_chtype2Char(string); /* there is no mark-up to be written */
}

static void put_cell(WINDOW *window, int row, int col, chtype cell, chtype attr)
{
	char ascii[2];
	const char *text = glyph_text(cell, ascii);
	wchar_t wide[CCHARW_MAX + 1] = { 0 };
	const chtype all = glyph_attributes(cell) | attr;
	cchar_t glyph;
	size_t count = 0, step;

	if ((cell & A_ALTCHARSET) != 0 || text[0] == '\0') { /* a line character, or half a glyph */
		(void)mvwaddch(window, row, col, text[0] == '\0' ? ' ' | all : cell | attr);
		return;
	}
	for (; *text != '\0' && count < CCHARW_MAX; text += step) {
		wchar_t c = (wchar_t)utf8_decode(text, &step);
		if ((count == 0) == (wcwidth(c) > 0))
			wide[count++] = c;
	}
	(void)setcchar(&glyph, wide, all & ~A_COLOR, (short)((all & A_COLOR) >> NCURSES_ATTR_SHIFT), NULL);
	(void)mvwadd_wch(window, row, col, &glyph);
}

/* Cells [start, end) of STRING in one row, as far as they fit; a blank where only half a glyph would. */
static void put_row(WINDOW *window, int col, int row, const chtype *string, chtype attr, int start, int end)
{
	const int room = getmaxx(window) - col;
	const int count = end - start < room ? end - start : room;

	for (int i = 0; i < count; i++) {
		const chtype cell = string[start + i];
		const bool wide = start + i + 1 < end && glyph_is_second_half(string[start + i + 1]);
		if (wide && i + 1 == count) {
			put_cell(window, row, col + i, ' ' | glyph_attributes(cell), attr);
			continue;
		}
		put_cell(window, row, col + i, cell, attr);
		i += wide ? 1 : 0;
	}
}

void __wrap_writeChtypeAttrib(WINDOW *window, int xpos, int ypos, chtype *string, chtype attr, int align, int start,
                              int end)
{
	if (align == HORIZONTAL) {
		put_row(window, xpos, ypos, string, attr, start, end);
		return;
	}
	for (int i = 0; start + i < end && ypos + i < getmaxy(window); i++)
		put_cell(window, ypos + i, xpos, string[start + i], attr);
}

void __wrap_writeChtype(WINDOW *window, int xpos, int ypos, chtype *string, int align, int start, int end)
{
	__wrap_writeChtypeAttrib(window, xpos, ypos, string, A_NORMAL, align, start, end);
}

void __wrap_writeCharAttrib(WINDOW *window, int xpos, int ypos, char *string, chtype attr, int align, int start, int end)
{
	char *part;
	chtype *cells;
	int count, where;

	if (start >= end)
		return;
	part = mem_text_len(string + start, strnlen(string + start, (size_t)(end - start)));
	cells = __wrap_char2Chtype(part, &count, &where);
	__wrap_writeChtypeAttrib(window, xpos, ypos, cells, attr, align, 0, count);
	free(cells);
	free(part);
}

void __wrap_writeChar(WINDOW *window, int xpos, int ypos, char *string, int align, int start, int end)
{
	__wrap_writeCharAttrib(window, xpos, ypos, string, A_NORMAL, align, start, end);
}
