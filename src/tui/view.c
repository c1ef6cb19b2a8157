/* view: see view.h. */
#include "tui/view.h"

#include "base/utf8.h"
#include "tui/cells.h"

void view_header(struct pane *pane, const char *title, const char *right)
{
	const int cols = pane_cols(pane), width = right == NULL ? 0 : utf8_width(right);

	draw_cell(pane, 0, 0, 1, STYLE_TITLE, "");
	draw_cell(pane, 0, 1, cols - width - 3, STYLE_TITLE, title);
	draw_text(pane, 0, cols - width - 1, width, STYLE_TEXT, right);
}

void view_banner(struct pane *pane, int row, const char *text)
{
	draw_cell(pane, row, 0, 1, STYLE_BANNER, "");
	draw_cell(pane, row, 1, pane_cols(pane) - 1, STYLE_BANNER, text);
}

void view_mark(struct pane *pane, int row, int col, bool focused)
{
	draw_text(pane, row, col, 1, focused ? STYLE_FOCUS : STYLE_TEXT, focused ? ">" : " ");
}

static enum style state_style(enum view_state state)
{
	static const enum style styles[] = { STYLE_TEXT, STYLE_DIM, STYLE_WARN, STYLE_FAIL };
	return styles[state];
}

static int draw_label(struct pane *pane, int row, int col, int cols, const struct view_field *field)
{
	const int most = cols - (field->required ? 2 : 1);
	int used;

	draw_fill(pane, row, col, cols, STYLE_LABEL, ' ');
	used = draw_text(pane, row, col, most, STYLE_LABEL, field->label);
	if (field->required)
		draw_text(pane, row, col + used, 1, STYLE_WARN, "*");
	return cols;
}

int view_field(struct pane *pane, int row, int col, int cols, int label_cols, const struct view_field *field)
{
	const bool open = field->state != VIEW_READONLY;
	int at = col, value, sign = field->has_choices && open ? 1 : 0;

	view_mark(pane, row, at++, field->focused);
	at += draw_label(pane, row, at, label_cols, field);
	draw_text(pane, row, at++, 1, STYLE_FRAME, open ? "[" : " ");
	value = at;
	if (field->value != NULL)
		draw_cell(pane, row, at, field->value_cols - sign, open ? STYLE_TEXT : STYLE_DIM, field->value);
	at += field->value_cols;
	if (sign > 0)
		draw_text(pane, row, at - 1, 1, STYLE_FRAME, "v");
	draw_text(pane, row, at++, 1, STYLE_FRAME, open ? "]" : " ");
	if (field->unit != NULL)
		at += 1 + draw_text(pane, row, at + 1, col + cols - at - 1, STYLE_TEXT, field->unit);
	draw_cell(pane, row, at, 2, STYLE_TEXT, "");
	if (field->hint != NULL && col + cols - at - 2 > 0)
		draw_cell(pane, row, at + 2, col + cols - at - 2,
		          field->state == VIEW_PLAIN ? STYLE_DIM : state_style(field->state), field->hint);
	return value;
}
