/*
 * input: one line of text to be typed.
 *
 * Layer: tui; a CDK object of our own. The caret is at a grapheme boundary, the
 * text scrolls under it. Text is always valid UTF-8 without control characters.
 * A typed character costs its own bytes on the line and no more; do not show a
 * live counter beside it.
 */
#ifndef YW_TUI_INPUT_H
#define YW_TUI_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tui/draw.h"
#include "tui/key.h"

struct input;

struct input_options {
	size_t max_chars;     /* graphemes; 0: 4096 */
	bool masked;          /* a password: '*' for each, and no undo */
	bool halfwidth;       /* full-width digits and punctuation become half-width */
	const char *accepts;  /* NULL: any; else the only characters that can be right ("0123456789.-"); the rest is refused */
	char fill;            /* what empty columns show; 0: '_' */
};

enum input_result {
	INPUT_IGNORED,  /* not a key of this field: the form decides */
	INPUT_MOVED,    /* only the caret moved */
	INPUT_CHANGED,
	INPUT_REFUSED,  /* impossible characters, or full: what could be taken was */
};

struct input *input_new(const struct input_options *options);
void input_free(struct input **input);

/* Sets the text, cleaned and cut to fit; the caret goes to its end, undo is forgotten. */
void input_set(struct input *input, const char *text);
const char *input_text(const struct input *input); /* borrowed until the next change */
size_t input_caret(const struct input *input);     /* byte offset */
void input_set_caret(struct input *input, size_t caret);

enum input_result input_key(struct input *input, const struct key *key);
/* Puts TEXT at the caret, as if it had been typed (a phrase, a choice). */
enum input_result input_insert(struct input *input, const char *text);

/* Paints into COLS columns; FOCUSED sets the real cursor. */
void input_paint(struct input *input, struct pane *pane, int row, int col, int cols, bool focused);

#endif
