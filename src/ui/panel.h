/*
 * panel: a framed list of a few entries, several on one screen.
 *
 * Layer: ui, private. For lists without end see tui/table.h.
 */
#ifndef YW_UI_PANEL_H
#define YW_UI_PANEL_H

#include <stdint.h>

#include "tui/draw.h"
#include "tui/key.h"

struct entry {
	int64_t id, other;   /* the owner's */
	char *text;          /* owned */
	char *second;        /* a second line, dim; NULL */
	char *right;         /* at the right end of the first line; NULL */
	enum style style;
};

struct panel {
	struct rect rect;
	const char *title;
	const char *empty;   /* what stands there if there is no entry */
	struct entry *entries;
	size_t count, cap;
	size_t selected;
	size_t top;
};

/* Adds an entry; TEXT, SECOND, RIGHT are copied. */
struct entry *panel_add(struct panel *panel, int64_t id, const char *text, const char *second, const char *right,
                        enum style style);
void panel_clear(struct panel *panel); /* entries only */
/* The selection goes back to the entry with ID, if it is there still. */
void panel_select(struct panel *panel, int64_t id);
const struct entry *panel_selected(const struct panel *panel); /* NULL if empty */
/* Up, down, Home, End; true if it was one of them. */
bool panel_key(struct panel *panel, const struct key *key);
void panel_paint(struct panel *panel, struct pane *pane, bool focused);

#endif
