/*
 * style: what text looks like, by meaning.
 *
 * Layer: tui. A theme is a row of attributes for these names; colour is never
 * the only sign, nothing blinks, and every style exists in monochrome. What is
 * typed into a focused field is STYLE_TEXT on purpose: an attribute costs ten
 * bytes a key on the line.
 */
#ifndef YW_TUI_STYLE_H
#define YW_TUI_STYLE_H

#include <stdbool.h>

enum style {
	STYLE_TEXT,     /* contents, and what is being typed */
	STYLE_DIM,      /* hints, last values, read-only */
	STYLE_LABEL,    /* the name of a field */
	STYLE_TITLE,    /* of a screen, a section, a popup */
	STYLE_FRAME,    /* borders */
	STYLE_FOCUS,    /* the mark of the focused field or row */
	STYLE_SELECTED, /* the chosen item of a menu, a list, a button row */
	STYLE_KEY,      /* the name of a key in the footer */
	STYLE_FOOTER,   /* its label */
	STYLE_BANNER,   /* the standing line that says what may not be entered */
	STYLE_WARN,
	STYLE_FAIL,
	STYLE_OK,
	STYLE_COUNT,
};

enum theme { THEME_NORMAL, THEME_CONTRAST, THEME_MONO };

/* The theme called NAME: "normal", "contrast", "mono"; false if there is none. */
bool style_theme_named(const char *name, enum theme *theme);

#endif
