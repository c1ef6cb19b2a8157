/*
 * view: the parts that all screens are painted from.
 *
 * Layer: tui. Light on the line: the focus of a field is a mark beside its label,
 * two cells in all; its text keeps its style. A line that changes with every
 * field (help under the form) costs its own bytes: keep it out of the way of the
 * person who types down a column.
 */
#ifndef YW_TUI_VIEW_H
#define YW_TUI_VIEW_H

#include <stdbool.h>

#include "tui/draw.h"

/* The first row: TITLE at the left, WHO and WHEN at the right. */
void view_header(struct pane *pane, const char *title, const char *right);
/* A row that stands out over the full width. */
void view_banner(struct pane *pane, int row, const char *text);

enum view_state { VIEW_PLAIN, VIEW_READONLY, VIEW_WARN, VIEW_FAIL };

struct view_field {
	const char *label;
	bool required;          /* an asterisk after the label */
	bool focused;
	enum view_state state;
	const char *value;      /* shown if INPUT does not stand there itself */
	int value_cols;         /* the room between the brackets */
	bool has_choices;       /* a sign at the right end of the box: Enter opens a list */
	const char *unit;       /* after the box; may be NULL */
	const char *hint;       /* last value, range, verdict: dim, or as STATE says; may be NULL */
};

/* One row: mark, label in LABEL_COLS, [value], unit, hint up to COLS. Returns the column of the value's first cell. */
int view_field(struct pane *pane, int row, int col, int cols, int label_cols, const struct view_field *field);
/* The mark alone: cheap when only the focus moves. */
void view_mark(struct pane *pane, int row, int col, bool focused);

#endif
