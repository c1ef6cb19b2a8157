/*
 * choice: a popup list that filters while typing.
 *
 * Layer: tui; CDK's scroll and selection lists. What is typed filters by text or
 * by pinyin initials ("bdc"), so no input method is needed; digits 1-9 choose
 * only while nothing has been typed and the list is that short.
 */
#ifndef YW_TUI_CHOICE_H
#define YW_TUI_CHOICE_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/loop.h"

struct choice_item {
	const char *label;
	const char *note; /* dim beside it; may be NULL */
	bool chosen;      /* many: ticked at first; one: where the cursor starts */
};

struct choice_options {
	const char *title;
	const struct choice_item *items; /* copied */
	size_t count;
	bool many;        /* blank ticks, Enter takes */
	bool may_be_none; /* one: a first item that stands for nothing, */
	const char *none; /* called so; NULL: "(none)" */
	bool free_text;   /* what was typed can be taken as it is, if no item fits */
	/* The answer: PICKED indices into the items (none: COUNT 0); TEXT only with free_text. Not called on Esc unless CANCELLED is set. */
	enum react (*done)(void *owner, struct loop *loop, const size_t *picked, size_t count, const char *text);
	enum react (*cancelled)(void *owner, struct loop *loop); /* may be NULL */
	void *owner;
};

void choice_open(struct loop *loop, const struct choice_options *options);

#endif
