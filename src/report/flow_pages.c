/* Cutting a flow into pages. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/flow.h"
#include "report/measure.h"

/* Excel's rows are at most 409.5 pt high. */
static const double highest_row_pt = 399.0;
/* A text that goes on overleaf leaves at least this many lines behind. */
enum { LEAST_LINES = 2, LONG_LINES = 7 };

/* Where the pages are being cut. */
struct cutting {
	struct flow *flow;
	double page_pt;   /* height of the room for rows */
	double repeat_pt; /* of it, what is repeated on every page but the first */
	double used_pt;   /* on this page, repeated rows included */
	int page;
	size_t heading;   /* index + 1 of the last table heading; 0: none */
};

static void insert_row(struct flow *flow, size_t at, struct row row)
{
	flow_add(flow, false);
	memmove(&flow->rows[at + 1], &flow->rows[at], (flow->count - 1 - at) * sizeof(row));
	flow->rows[at] = row;
}

/* ROW with cells of its own, but no text in them. */
static struct row blank_copy(const struct row *row)
{
	struct row copy = *row;
	copy.cells = mem_zeroed(row->count, sizeof(*copy.cells));
	for (size_t i = 0; i < row->count; i++) {
		copy.cells[i] = row->cells[i];
		copy.cells[i].text = NULL;
	}
	return copy;
}

/* Leaves the first LINES of CELL's text in it; what follows (NULL if nothing) is the caller's. */
static char *take_rest(const struct flow *flow, struct cell *cell, size_t lines)
{
	struct utf8_line *wrapped;
	char *rest = NULL;

	if (cell->text == NULL)
		return NULL;
	const size_t count = flow_wrap(flow, cell, &wrapped);
	if (count > lines) {
		rest = mem_text(cell->text + wrapped[lines].start);
		char *head = mem_text_len(cell->text, wrapped[lines - 1].end);
		free(cell->text);
		cell->text = head;
	}
	free(wrapped);
	return rest;
}

/* The size of the row's largest type: its lines decide how many fit. */
static double largest_pt(const struct row *row)
{
	double size = MEASURE_LEAST_PT;
	for (size_t i = 0; i < row->count; i++)
		size = row->cells[i].style.size_pt > size ? row->cells[i].style.size_pt : size;
	return size;
}

static double needed_height(const struct flow *flow, const struct row *row)
{
	double height = 0;
	for (size_t i = 0; i < row->count; i++) {
		const double own = flow_cell_height(flow, &row->cells[i]);
		height = own > height ? own : height;
	}
	return height;
}

/* Spreadsheets round rows to pixels of 0.75 pt: upwards, before they do. */
static void round_height(struct row *row)
{
	const double pixels = row->height_pt / 0.75;
	const long whole = (long)pixels;
	row->height_pt = 0.75 * (double)(pixels > (double)whole + 1e-6 ? whole + 1 : whole);
}

/* Cuts row AT so that it is at most ROOM_PT high; the rest becomes the row after it. False if nothing was cut. */
static bool split_row(struct flow *flow, size_t at, double room_pt)
{
	/* Less what rounding up may add. */
	const size_t lines = measure_fit(room_pt - 0.75, largest_pt(&flow->rows[at]));
	bool any = false;

	if (lines < 1)
		return false;
	struct row rest = blank_copy(&flow->rows[at]);
	for (size_t i = 0; i < rest.count; i++) {
		struct cell *cell = &flow->rows[at].cells[i];
		rest.cells[i].text = take_rest(flow, cell, lines);
		any = any || rest.cells[i].text != NULL;
		cell->style.rise = RISE_TOP;
		rest.cells[i].style.rise = RISE_TOP;
	}
	if (!any) {
		free(rest.cells);
		return false;
	}
	rest.joined = true;
	rest.page_break = false;
	rest.height_pt = needed_height(flow, &rest);
	flow->rows[at].height_pt = needed_height(flow, &flow->rows[at]);
	flow->rows[at].keep = false;
	round_height(&rest);
	round_height(&flow->rows[at]);
	insert_row(flow, at + 1, rest);
	return true;
}

/* A row of a few lines is not worth parting. */
static bool is_long(const struct row *row)
{
	return row->split && row->height_pt > measure_height(LONG_LINES, largest_pt(row));
}

/* What must fit for row AT to stand here: itself, what it is kept with, and of a long text its beginning. */
static double group_height(const struct flow *flow, size_t at)
{
	double height = 0;
	for (size_t i = at; i < flow->count; i++) {
		const struct row *row = &flow->rows[i];
		const double least = measure_height(LEAST_LINES, largest_pt(row));
		height += is_long(row) ? least : row->height_pt;
		if (!row->keep)
			break;
	}
	return height;
}

static void begin_page(struct cutting *c, size_t *at)
{
	struct flow *flow = c->flow;

	c->page++;
	c->used_pt = c->repeat_pt;
	flow->rows[*at].page_break = true;
	if (!flow->rows[*at].under_heading || c->heading == 0)
		return;
	/* The table goes on: its heading once more. */
	struct row heading = blank_copy(&flow->rows[c->heading - 1]);
	for (size_t i = 0; i < heading.count; i++)
		heading.cells[i].text = mem_text(flow->rows[c->heading - 1].cells[i].text);
	heading.page = c->page;
	heading.page_break = true;
	heading.keep = false;
	c->used_pt += heading.height_pt;
	flow->rows[*at].page_break = false;
	insert_row(flow, *at, heading);
	(*at)++;
}

static void place(struct cutting *c, size_t *at)
{
	struct flow *flow = c->flow;
	const bool fresh = c->used_pt <= c->repeat_pt;

	if ((flow->rows[*at].page_break && *at > 0) || (!fresh && c->used_pt + group_height(flow, *at) > c->page_pt))
		begin_page(c, at);
	const double room = c->page_pt - c->used_pt;
	const double most = room < highest_row_pt ? room : highest_row_pt;
	struct row *row = &flow->rows[*at];
	if (row->height_pt > most && row->split)
		split_row(flow, *at, most);
	row = &flow->rows[*at];
	row->page = c->page;
	c->used_pt += row->height_pt;
	if (row->heading)
		c->heading = *at + 1;
	else if (!row->under_heading)
		c->heading = 0;
}

void flow_paginate(struct flow *flow, double page_pt)
{
	struct cutting c = { .flow = flow, .page_pt = page_pt, .page = 1 };

	for (size_t i = 0; i < flow->count; i++)
		round_height(&flow->rows[i]);
	for (size_t i = 0; i < flow->count; i++)
		c.repeat_pt += flow->rows[i].repeat ? flow->rows[i].height_pt : 0;
	for (size_t at = 0; at < flow->count; at++)
		place(&c, &at);
	flow->pages = c.page;
}
