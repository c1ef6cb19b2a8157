/*
 * draw: the only place where text goes out to cells.
 *
 * Layer: tui. A pane is a rectangle of the screen. Text is UTF-8, cut at its
 * column, never in the middle of a glyph; control characters and bidirectional
 * overrides draw nothing. Nothing reaches the terminal before the loop flushes,
 * and then only cells that changed: painting the same again costs no byte.
 */
#ifndef YW_TUI_DRAW_H
#define YW_TUI_DRAW_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/style.h"

struct pane;

struct rect { int row, col, rows, cols; };

int pane_rows(const struct pane *pane);
int pane_cols(const struct pane *pane);

void draw_clear(struct pane *pane);
void draw_clear_rect(struct pane *pane, struct rect rect);

/* TEXT from COL, at most COLS columns; returns the columns used. */
int draw_text(struct pane *pane, int row, int col, int cols, enum style style, const char *text);
/* The first LEN bytes of TEXT. */
int draw_text_len(struct pane *pane, int row, int col, int cols, enum style style, const char *text, size_t len);
/* Exactly COLS columns: cut with an ellipsis, or filled up with blanks. */
void draw_cell(struct pane *pane, int row, int col, int cols, enum style style, const char *text);
/* The same, right-aligned (numbers). */
void draw_cell_right(struct pane *pane, int row, int col, int cols, enum style style, const char *text);
void draw_centered(struct pane *pane, int row, int col, int cols, enum style style, const char *text);
/* COLS times the ASCII character C. */
void draw_fill(struct pane *pane, int row, int col, int cols, enum style style, char c);
/* Wraps TEXT by UAX 14 into RECT; returns the lines needed (may be more than fit). */
int draw_wrapped(struct pane *pane, struct rect rect, enum style style, const char *text);

/* A box of line characters with TITLE (may be NULL) in its upper edge. */
void draw_frame(struct pane *pane, struct rect rect, const char *title);
void draw_hline(struct pane *pane, int row, int col, int cols);
/* A scroll mark in column COL over ROWS rows; nothing if all TOTAL lines are seen. */
void draw_scrollbar(struct pane *pane, int row, int col, int rows, size_t top, size_t seen, size_t total);
/* A bar of COLS columns, PERMILLE of it full. */
void draw_bar(struct pane *pane, int row, int col, int cols, int permille);

/* Where the real cursor stands after this paint: the caret, or the selected row. The last call wins. */
void draw_caret(struct pane *pane, int row, int col);

#endif
