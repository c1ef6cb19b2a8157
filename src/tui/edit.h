/*
 * edit: a text, a caret, and what keys do to them.
 *
 * Layer: tui, private: what input and area have in common. The text is valid UTF-8
 * without control characters (but '\n' if there are several lines); the caret is at
 * a grapheme boundary.
 */
#ifndef YW_TUI_EDIT_H
#define YW_TUI_EDIT_H

#include "base/str.h"
#include "tui/input.h"

enum { EDIT_UNDO_MOST = 50 };

struct edit_state {
	char *text;
	size_t caret;
};

struct edit {
	struct str text;
	size_t caret;
	size_t max_chars;
	bool multiline, halfwidth, forgetful; /* forgetful: no undo (passwords) */
	const char *accepts;
	struct edit_state undo[EDIT_UNDO_MOST], redo[EDIT_UNDO_MOST];
	size_t undo_count, redo_count;
	size_t burst_end;  /* typing that goes on here belongs to the last undo step; SIZE_MAX: none */
	size_t burst_chars;
	unsigned version;  /* grows with every change */
};

void edit_release(struct edit *edit);
void edit_set(struct edit *edit, const char *text);
/* The caret to the grapheme boundary at or after AT. */
void edit_set_caret(struct edit *edit, size_t at);
enum input_result edit_insert(struct edit *edit, const char *text);
/* Left, right, deleting, undo: all that does not depend on how the text is laid out. */
enum input_result edit_key(struct edit *edit, const struct key *key);

#endif
