/*
 * area: several lines of text to be typed.
 *
 * Layer: tui; a CDK object of our own. Lines wrap by UAX 14, up and down move by
 * the lines that are seen, Enter breaks the line; Tab is not the area's key, so
 * it leaves. Undo and redo go back burst by burst.
 */
#ifndef YW_TUI_AREA_H
#define YW_TUI_AREA_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/draw.h"
#include "tui/input.h"
#include "tui/key.h"

struct area;

struct area *area_new(size_t max_chars /* graphemes; 0: 10000 */);
void area_free(struct area **area);

void area_set(struct area *area, const char *text);
const char *area_text(const struct area *area); /* borrowed until the next change */
size_t area_caret(const struct area *area);
void area_set_caret(struct area *area, size_t caret);

/* Up on the first line and down on the last are INPUT_IGNORED: the form moves on. */
enum input_result area_key(struct area *area, const struct key *key);
enum input_result area_insert(struct area *area, const char *text);
/* Lines the text takes at COLS columns (at least 1). */
int area_lines(const struct area *area, int cols);

void area_paint(struct area *area, struct pane *pane, struct rect rect, bool focused);

#endif
