/*
 * viewer: read a text, search in it.
 *
 * Layer: tui; CDK's viewer. TEXT is shown literally, wrapped to the width. Typing /
 * asks for a word, Enter finds the next; Esc leaves.
 */
#ifndef YW_TUI_VIEWER_H
#define YW_TUI_VIEWER_H

#include "tui/loop.h"

/* TEXT is copied; FIND (may be NULL) is searched at once. */
void viewer_open(struct loop *loop, const char *title, const char *text, const char *find);

#endif
