/* draw_line: frames, lines, bars; see draw.h. */
#include "tui/cells.h"

enum line { LINE_H, LINE_V, LINE_UL, LINE_UR, LINE_LL, LINE_LR, LINE_BLOCK, LINE_COUNT };

/* The line characters of the terminal, or ASCII if it is set so. */
static cchar_t line_cell(enum line line, enum style style)
{
	static const wchar_t ascii[LINE_COUNT] = L"-|++++#";
	const cchar_t *const wacs[LINE_COUNT] = { WACS_HLINE,    WACS_VLINE,    WACS_ULCORNER, WACS_URCORNER,
		                                  WACS_LLCORNER, WACS_LRCORNER, WACS_CKBOARD };
	wchar_t text[CCHARW_MAX + 1] = { ascii[line], L'\0' };
	attr_t attributes = A_NORMAL;
	short pair = 0;
	cchar_t cell;

	if (!term_has_ascii_borders())
		(void)getcchar(wacs[line], text, &attributes, &pair, NULL);
	(void)setcchar(&cell, text, (attributes & A_ALTCHARSET) | style_attributes(style), style_pair(style), NULL);
	return cell;
}

/* Curses adds the window's own attributes to those of the cell. */
static void set_style(const struct pane *pane, enum style style)
{
	(void)wattr_set(pane->window, style_attributes(style), style_pair(style), NULL);
}

static void put_line(struct pane *pane, int row, int col, enum line line, enum style style)
{
	cchar_t cell = line_cell(line, style);

	set_style(pane, style);
	(void)mvwadd_wch(pane->window, row, col, &cell);
}

static void put_run(struct pane *pane, int row, int col, int count, enum line line, enum style style)
{
	cchar_t cell = line_cell(line, style);

	set_style(pane, style);
	if (count > 0 && wmove(pane->window, row, col) != ERR)
		(void)(line == LINE_V ? wvline_set : whline_set)(pane->window, &cell, count);
}

void draw_hline(struct pane *pane, int row, int col, int cols)
{
	put_run(pane, row, col, cols, LINE_H, STYLE_FRAME);
}

void draw_frame(struct pane *pane, struct rect rect, const char *title)
{
	int right = rect.col + rect.cols - 1, below = rect.row + rect.rows - 1;

	if (rect.rows < 2 || rect.cols < 2)
		return;
	put_run(pane, rect.row, rect.col + 1, rect.cols - 2, LINE_H, STYLE_FRAME);
	put_run(pane, below, rect.col + 1, rect.cols - 2, LINE_H, STYLE_FRAME);
	put_run(pane, rect.row + 1, rect.col, rect.rows - 2, LINE_V, STYLE_FRAME);
	put_run(pane, rect.row + 1, right, rect.rows - 2, LINE_V, STYLE_FRAME);
	put_line(pane, rect.row, rect.col, LINE_UL, STYLE_FRAME);
	put_line(pane, rect.row, right, LINE_UR, STYLE_FRAME);
	put_line(pane, below, rect.col, LINE_LL, STYLE_FRAME);
	put_line(pane, below, right, LINE_LR, STYLE_FRAME);
	if (title != NULL && title[0] != '\0' && rect.cols > 6) {
		int used = draw_text(pane, rect.row, rect.col + 2, rect.cols - 5, STYLE_TITLE, title);
		draw_fill(pane, rect.row, rect.col + 1, 1, STYLE_FRAME, ' ');
		draw_fill(pane, rect.row, rect.col + 2 + used, 1, STYLE_FRAME, ' ');
	}
}

void draw_scrollbar(struct pane *pane, int row, int col, int rows, size_t top, size_t seen, size_t total)
{
	int size, start;

	if (rows < 1 || total <= seen || total == 0)
		return;
	size = (int)((size_t)rows * seen / total);
	size = size < 1 ? 1 : size;
	start = (int)((size_t)(rows - size) * top / (total - seen));
	start = start > rows - size ? rows - size : start;
	put_run(pane, row, col, rows, LINE_V, STYLE_FRAME);
	for (int i = 0; i < size; i++)
		draw_fill(pane, row + start + i, col, 1, STYLE_SELECTED, ' ');
}

void draw_bar(struct pane *pane, int row, int col, int cols, int permille)
{
	int full = cols * (permille < 0 ? 0 : permille > 1000 ? 1000 : permille) / 1000;

	draw_fill(pane, row, col, full, STYLE_SELECTED, ' ');
	put_run(pane, row, col + full, cols - full, LINE_BLOCK, STYLE_FRAME);
}
