/*
 * flow: rows of cells on their way to paper, before any workbook.
 *
 * Layer: report; pure. A page is built as rows of cells over a grid of units;
 * then flow_paginate() cuts it into pages: what belongs together stays together,
 * long text goes on over the page's end, a table's heading is repeated. Only
 * then is it painted (paint.h). Points throughout.
 */
#ifndef YW_REPORT_FLOW_H
#define YW_REPORT_FLOW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/utf8.h"

enum font { FONT_BODY, FONT_HEAD, FONT_TITLE, FONT_SONG, FONT_COUNT };
enum align { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };
enum rise { RISE_MIDDLE, RISE_TOP, RISE_BOTTOM };

struct style {
	enum font font;
	enum align align;
	enum rise rise;
	double size_pt;
	bool bold, shaded;
	bool framed;                 /* has lines around it though the row is not boxed */
	bool open_above, open_below; /* no line at that side though the row is boxed */
};

struct cell {
	int at, span;        /* units */
	int rows;            /* how many rows down it covers; > 1 only in rows kept together */
	struct style style;
	char *text;          /* owned; NULL: blank */
};

struct row {
	double height_pt;
	struct cell *cells;
	size_t count;
	bool boxed;          /* its cells have borders */
	bool keep;           /* stays on the page of the next row */
	bool split;          /* may go on overleaf, line by line */
	bool page_break;     /* begins a page */
	bool repeat;         /* stands at the head of every page (only the first rows, in one run) */
	bool joined;         /* goes on with the row above: no line between */
	bool heading;        /* of a table: repeated where its rows begin a page */
	bool under_heading;  /* a row of the table whose heading came last */
	int page;            /* 1..., by flow_paginate */
};

struct flow {
	double *unit_pt;     /* width of each unit */
	int units;
	struct row *rows;
	size_t count;
	int pages;           /* by flow_paginate */
};

/* A grid of UNITS, each WIDTH_PT wide (change flow.unit_pt for others). */
void flow_init(struct flow *flow, int units, double width_pt);
void flow_release(struct flow *flow);

/* Appends a row; the pointer is good until the next one. Its height is to be set, or by flow_fit(). */
struct row *flow_add(struct flow *flow, bool boxed);
/* Appends a cell to the last row; TEXT is taken over (NULL: blank). */
struct cell *flow_cell(struct flow *flow, int at, int span, struct style style, char *text);
/* Sets the last row's height so that every one-row cell shows its whole text, LEAST_PT at least. */
void flow_fit(struct flow *flow, double least_pt);
/* Moves all rows of MORE to the end of FLOW; the first of them begins a page. */
void flow_append(struct flow *flow, struct flow *more);

double flow_width(const struct flow *flow, int at, int span);
/* The lines of a cell's text (not NULL), the caller frees; and the height that it needs (0 if it covers several rows). */
size_t flow_wrap(const struct flow *flow, const struct cell *cell, struct utf8_line **lines);
double flow_cell_height(const struct flow *flow, const struct cell *cell);
/* Ems of SIZE_PT in a cell there. */
double flow_room(const struct flow *flow, int at, int span, double size_pt);

/*
 * Gives each row its page. Rows are split so that none is higher than a page or
 * than Excel allows. Rows marked repeat take their room on every page.
 */
void flow_paginate(struct flow *flow, double page_pt);

#endif
