/* term_text: the screen read back, for scripts and tests. */
#include <stdlib.h>
#include <wchar.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"
#include "tui/cells.h"

/* Line characters that went out as VT100 codes; what a person sees for them. */
static wchar_t seen_character(wchar_t c, attr_t attributes)
{
	static const char codes[] = "lqkxmjtuvwna`";
	static const wchar_t seen[] = L"\u250c\u2500\u2510\u2502\u2514\u2518\u251c\u2524\u2534\u252c\u253c\u2592\u25c6";

	for (size_t i = 0; (attributes & A_ALTCHARSET) != 0 && codes[i] != '\0'; i++) {
		if ((wchar_t)codes[i] == c)
			return seen[i];
	}
	return c;
}

/* The cell's text in UTF-8 into LINE; its columns. */
static int add_cell(struct str *line, int row, int col)
{
	cchar_t cell;
	wchar_t text[CCHARW_MAX + 1] = { 0 };
	attr_t attributes;
	short pair;
	char bytes[5];
	int width;

	if (mvwin_wch(curscr, row, col, &cell) == ERR || getcchar(&cell, text, &attributes, &pair, NULL) == ERR)
		return 1;
	for (size_t i = 0; i < CCHARW_MAX && text[i] != L'\0'; i++) {
		text[i] = seen_character(text[i], attributes);
		str_add_len(line, bytes, utf8_encode((uint32_t)text[i], bytes));
	}
	if (text[0] == L'\0')
		str_add_char(line, ' ');
	width = wcwidth(text[0]);
	return (attributes & A_ALTCHARSET) != 0 || width < 1 ? 1 : width;
}

static void trim_end(struct str *line)
{
	while (line->len > 0 && line->data[line->len - 1] == ' ')
		str_remove(line, line->len - 1, 1);
}

char *term_screen_text(void)
{
	struct str all = STR_INIT, line = STR_INIT;
	int rows = getmaxy(curscr), cols = getmaxx(curscr), save_row, save_col;

	getyx(curscr, save_row, save_col);
	for (int row = 0; row < rows; row++) {
		str_clear(&line);
		for (int col = 0; col < cols;)
			col += add_cell(&line, row, col);
		trim_end(&line);
		str_add(&all, str_text(&line));
		str_add_char(&all, '\n');
	}
	(void)wmove(curscr, save_row, save_col);
	str_release(&line);
	return str_take(&all);
}

static char letter_of(attr_t attributes, short pair)
{
	if ((attributes & A_REVERSE) != 0)
		return 'r';
	if ((attributes & A_UNDERLINE) != 0)
		return 'u';
	if (pair != 0)
		return 'c';
	if ((attributes & A_BOLD) != 0)
		return 'b';
	return (attributes & A_DIM) != 0 ? 'd' : ' ';
}

char *term_row_attributes(int row)
{
	int cols = getmaxx(curscr), save_row, save_col;
	char *letters = mem_zeroed((size_t)cols + 1, 1);

	getyx(curscr, save_row, save_col);
	for (int col = 0; col < cols; col++) {
		cchar_t cell;
		wchar_t text[CCHARW_MAX + 1];
		attr_t attributes = A_NORMAL;
		short pair = 0;
		if (mvwin_wch(curscr, row, col, &cell) != ERR)
			(void)getcchar(&cell, text, &attributes, &pair, NULL);
		letters[col] = letter_of(attributes, pair);
	}
	(void)wmove(curscr, save_row, save_col);
	return letters;
}
