/*
 * menu: a short list of things to do.
 *
 * Layer: tui; CDK's menu. Digits choose at once, ↑↓ and Enter too.
 */
#ifndef YW_TUI_MENU_H
#define YW_TUI_MENU_H

#include <stddef.h>

#include "tui/loop.h"

struct menu_item {
	const char *label;
	const char *why_not; /* not NULL: shown dim, and this is the answer when it is chosen */
};

/* Items are copied; DONE gets the index. Not called on Esc. At most 30 items. */
void menu_open(struct loop *loop, const char *title, const struct menu_item *items, size_t count,
               enum react (*done)(void *owner, struct loop *loop, size_t index), void *owner);

#endif
