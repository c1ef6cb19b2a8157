/*
 * loop_parts: what the loop's files and our own popups share.
 *
 * Layer: tui, private.
 */
#ifndef YW_TUI_LOOP_PARTS_H
#define YW_TUI_LOOP_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tui/cells.h"
#include "tui/key.h"
#include "tui/loop.h"

enum { LAYERS_MOST = 64 };

struct layer {
	const struct screen *screen;
	void *self;
	struct pane *pane;   /* a popup's own; NULL: the base pane */
	enum react want;     /* what has to be done before the next flush */
};

struct loop {
	struct loop_options options;
	struct layer *layers[LAYERS_MOST];
	size_t count;
	struct layer **graves; /* closed, freed once no handler of theirs runs */
	size_t grave_count;

	struct key_reader *reader;
	bool ended, hung_up;
	int64_t ticked_ms, key_ms;
	bool idle; /* on_idle has been called since the last key */

	struct pane *base, *footer, *notice;
	bool rebuild;  /* the stack or the size changed: all panes are laid out and painted anew */
	bool reveal;   /* what lay under something that went away must be shown */
	unsigned footer_holds;
	const struct screen *footer_screen;
	char *notice_text;
	enum style notice_style;

	bool (*pump)(struct loop *loop, void *self); /* long work; false when there is no more */
	void *pump_self;
};

/* Index of the lowest layer that is seen: the topmost full screen. */
size_t loop_lowest_seen(const struct loop *loop);
unsigned loop_holds(const struct loop *loop, const struct layer *layer);
/* Applies what a handler of the layer of SELF answered. */
void loop_react(struct loop *loop, const void *self, enum react react);
/*
 * Takes a popup off the stack and returns the instance below it, to which its
 * answer's reaction belongs. SELF can be read until its handler returns.
 */
void *loop_close_popup(struct loop *loop, void *self);
/* Lays out and paints what has to be, without a flush: a screen must stand before it gets a key. */
void loop_prepare(struct loop *loop);
/* Frees panes (before the size changes, and at the end). */
void loop_free_panes(struct loop *loop);

/* Closes the popup SELF and hands what its callback answered to the screen below. */
#define loop_answer(loop, self, answer) \
	do { \
		void *below_ = loop_close_popup((loop), (self)); \
		loop_react((loop), below_, (answer)); \
	} while (0)

/* A rectangle of at most ROWS x COLS in the middle of the screen, above the footer. */
struct rect loop_center(int rows, int cols, int screen_rows, int screen_cols);

#endif
