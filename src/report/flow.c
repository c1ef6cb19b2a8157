#include "report/flow.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/measure.h"

void flow_init(struct flow *flow, int units, double width_pt)
{
	*flow = (struct flow){ .units = units, .unit_pt = mem_zeroed((size_t)units, sizeof(double)) };
	for (int i = 0; i < units; i++)
		flow->unit_pt[i] = width_pt;
}

static void row_release(struct row *row)
{
	for (size_t i = 0; i < row->count; i++)
		free(row->cells[i].text);
	free(row->cells);
}

void flow_release(struct flow *flow)
{
	for (size_t i = 0; i < flow->count; i++)
		row_release(&flow->rows[i]);
	free(flow->rows);
	free(flow->unit_pt);
	*flow = (struct flow){ 0 };
}

struct row *flow_add(struct flow *flow, bool boxed)
{
	/* Doubled at each power of two: as long as the count is none, there is room. */
	if ((flow->count & (flow->count - 1)) == 0)
		flow->rows = mem_resize(flow->rows, flow->count == 0 ? 1 : flow->count * 2, sizeof(*flow->rows));
	struct row *row = &flow->rows[flow->count++];
	*row = (struct row){ .boxed = boxed };
	return row;
}

struct cell *flow_cell(struct flow *flow, int at, int span, struct style style, char *text)
{
	struct row *row = &flow->rows[flow->count - 1];

	row->cells = mem_resize(row->cells, row->count + 1, sizeof(*row->cells));
	struct cell *cell = &row->cells[row->count++];
	*cell = (struct cell){ .at = at, .span = span, .rows = 1, .style = style, .text = text };
	return cell;
}

double flow_width(const struct flow *flow, int at, int span)
{
	double width = 0;
	for (int i = at; i < at + span && i < flow->units; i++)
		width += flow->unit_pt[i];
	return width;
}

double flow_room(const struct flow *flow, int at, int span, double size_pt)
{
	return measure_room(flow_width(flow, at, span), size_pt);
}

size_t flow_wrap(const struct flow *flow, const struct cell *cell, struct utf8_line **lines)
{
	/* Bold Latin letters are wider. */
	const double room = flow_room(flow, cell->at, cell->span, cell->style.size_pt) * (cell->style.bold ? 0.92 : 1);
	return measure_wrap(cell->text, room, lines);
}

double flow_cell_height(const struct flow *flow, const struct cell *cell)
{
	struct utf8_line *lines;

	if (cell->text == NULL || cell->rows > 1)
		return 0;
	const size_t count = flow_wrap(flow, cell, &lines);
	free(lines);
	return measure_height(count, cell->style.size_pt);
}

void flow_fit(struct flow *flow, double least_pt)
{
	struct row *row = &flow->rows[flow->count - 1];

	row->height_pt = least_pt;
	for (size_t i = 0; i < row->count; i++) {
		const double height = flow_cell_height(flow, &row->cells[i]);
		row->height_pt = height > row->height_pt ? height : row->height_pt;
	}
}

void flow_append(struct flow *flow, struct flow *more)
{
	for (size_t i = 0; i < more->count; i++) {
		struct row *row = flow_add(flow, false);
		*row = more->rows[i];
		row->page_break = row->page_break || i == 0;
	}
	more->count = 0;
	flow_release(more);
}
