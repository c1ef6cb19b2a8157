/*
 * text_lines: a text of styled lines that is scrolled through.
 *
 * Layer: ui, private. For screens that read (a record, an article); what is
 * wrapped is wrapped to the width given when it is added.
 */
#ifndef YW_UI_TEXT_LINES_H
#define YW_UI_TEXT_LINES_H

#include <stddef.h>

#include "base/str.h"
#include "tui/draw.h"
#include "tui/key.h"

struct text_line {
	char *text;
	enum style style;
	int indent;
};

struct text_lines {
	struct text_line *lines;
	size_t count, cap, top;
};

/* TEXT and blanks up to COLS, at least two: columns of a text for the viewer. */
void text_column(struct str *out, const char *text, int cols);

void text_lines_release(struct text_lines *lines);
void text_lines_clear(struct text_lines *lines); /* keeps the place */
/* TEXT wrapped to COLS less INDENT. "" is a blank line. */
void text_lines_add(struct text_lines *lines, int cols, int indent, enum style style, const char *text);
/* "label  value": the label in LABEL_COLS, the value wrapped beside it. */
void text_lines_pair(struct text_lines *lines, int cols, int label_cols, enum style style, const char *label,
                     const char *value);
/* ↑ ↓ PgUp PgDn Home End, SEEN lines fit; true if it was one of them. */
bool text_lines_key(struct text_lines *lines, const struct key *key, int seen);
void text_lines_paint(struct text_lines *lines, struct pane *pane, struct rect rect);

#endif
