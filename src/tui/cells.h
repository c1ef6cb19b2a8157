/*
 * cells: what the files of tui share about curses and CDK.
 *
 * Layer: tui, private: nothing outside this folder includes it. All curses and
 * CDK types stay behind it.
 */
#ifndef YW_TUI_CELLS_H
#define YW_TUI_CELLS_H

#ifndef NCURSES_NOMACROS
#define NCURSES_NOMACROS
#endif
#include <curses.h>
#include <cdk/cdk.h>
#include <stdbool.h>
#include <stdint.h>

#include "tui/draw.h"
#include "tui/key.h"
#include "tui/style.h"
#include "tui/term.h"

/*
 * CDK's widgets live as long as the pane that they were made on: pane_free() destroys
 * them. Our own objects only stand on it and outlive it.
 */
struct pane {
	WINDOW *window;
	CDKSCREEN *cdk;  /* widgets on this pane are registered here */
	unsigned serial; /* tells a pane from the one that was there before */
	unsigned clears; /* how often it has been cleared */
};

/* Around the life of the terminal. */
void pane_open(void);
void pane_close(void);
/* A pane of its own window; NULL if RECT does not fit the screen. */
struct pane *pane_new(struct rect rect);
void pane_free(struct pane **pane);
/* Copies the pane to what the next flush sends; WHOLE: over whatever lies there. */
void pane_show(struct pane *pane, bool whole);

/*
 * Our own CDK objects: CDKFUNCS of the kind that CDK knows nearest to it, of which only
 * drawing and releasing differ. object_stand() registers an object on PANE, once.
 */
#define OBJECT_FUNCTIONS(kind, draw, release) \
	{ \
		.objectType = (kind), .returnType = DataTypeInt, .drawObj = (draw), .eraseObj = object_nothing, \
		.moveObj = object_move, .injectObj = object_inject, .focusObj = object_nothing, \
		.unfocusObj = object_nothing, .saveDataObj = object_nothing, .refreshDataObj = object_nothing, \
		.destroyObj = (release), .setULcharObj = setCdkULchar, .setURcharObj = setCdkURchar, \
		.setLLcharObj = setCdkLLchar, .setLRcharObj = setCdkLRchar, .setVTcharObj = setCdkVTchar, \
		.setHZcharObj = setCdkHZchar, .setBXattrObj = setCdkBXattr, .setBKattrObj = setCdkBXattr, \
	}
void object_nothing(CDKOBJS *object);
void object_move(CDKOBJS *object, int col, int row, boolean relative, boolean refresh);
int object_inject(CDKOBJS *object, chtype input);
void *object_new(size_t size, const CDKFUNCS *functions);
/* Unregisters and destroys: calls the release function, frees the object itself. */
void object_free(CDKOBJS *object);
void object_stand(CDKOBJS *object, struct pane *pane);
bool object_is_ours(const CDKOBJS *object);

/* Styles as curses wants them; the theme is chosen in term_open(). */
void style_open(enum theme theme);
bool style_is_monochrome(void);
attr_t style_attributes(enum style style);
short style_pair(enum style style);
/* The same packed as CDK's widgets take it. */
chtype style_cdk(enum style style);

/* True if borders are to be drawn with + - |. */
bool term_has_ascii_borders(void);
/* The place of the real cursor, asked for by draw_caret(), in screen coordinates. */
void term_place_cursor(int row, int col);

/* The name of KEY as CDK's inject functions know it; 0 if they have none. */
chtype key_for_cdk(const struct key *key);

#endif
