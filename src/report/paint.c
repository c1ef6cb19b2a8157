#include "report/paint.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const double mm_pt = 72.0 / 25.4, mm_inch = 1 / 25.4;
static const double a4_short_mm = 210, a4_long_mm = 297;
/* Renderers round each row to their own grid; LibreOffice moves the body by up to 8 pt for the running head and foot. */
static const double height_reserve_pt = 20;
static const double running_head_mm = 11, head_height_mm = 10, running_foot_mm = 5;

double paint_page_height(const double *margins_mm, bool landscape)
{
	const double paper = landscape ? a4_short_mm : a4_long_mm;
	return (paper - margins_mm[MARGIN_TOP] - margins_mm[MARGIN_BOTTOM]) * mm_pt - height_reserve_pt;
}

double paint_page_width(const double *margins_mm, bool landscape)
{
	const double paper = landscape ? a4_long_mm : a4_short_mm;
	return (paper - margins_mm[MARGIN_LEFT] - margins_mm[MARGIN_RIGHT]) * mm_pt;
}

/* ---- borders ---- */

/* Whether the frame ends between rows A and A + 1: the page does, or the boxes do. */
static bool ends_after(const struct flow *flow, size_t a)
{
	return a + 1 >= flow->count || !flow->rows[a + 1].boxed || flow->rows[a + 1].page != flow->rows[a].page;
}

static bool begins_at(const struct flow *flow, size_t a)
{
	return a == 0 || !flow->rows[a - 1].boxed || flow->rows[a - 1].page != flow->rows[a].page;
}

/* Whether a frame goes on overleaf below a repeated heading that is part of it. */
static bool below_repeated(const struct flow *flow)
{
	for (size_t i = 0; i < flow->count; i++) {
		if (flow->rows[i].repeat && flow->rows[i].boxed)
			return true;
	}
	return false;
}

static void borders_of(const struct flow *flow, size_t at, const struct cell *cell, uint8_t borders[4])
{
	const struct row *row = &flow->rows[at];
	const size_t last = at + (size_t)cell->rows - 1;

	memset(borders, cell->style.framed ? LXW_BORDER_THIN : LXW_BORDER_NONE, 4);
	if (!row->boxed)
		return;
	borders[0] = cell->at == 0 ? LXW_BORDER_MEDIUM : LXW_BORDER_THIN;
	borders[1] = cell->at + cell->span == flow->units ? LXW_BORDER_MEDIUM : LXW_BORDER_THIN;
	if (begins_at(flow, at))
		borders[2] = !row->repeat && below_repeated(flow) ? LXW_BORDER_THIN : LXW_BORDER_MEDIUM;
	else if (!row->joined && !cell->style.open_above)
		borders[2] = LXW_BORDER_THIN;
	if (ends_after(flow, last))
		borders[3] = LXW_BORDER_MEDIUM;
	else if (!flow->rows[last + 1].joined && !cell->style.open_below)
		borders[3] = LXW_BORDER_THIN;
}

/* ---- rows ---- */

static bool paint_cell(struct book *book, lxw_worksheet *sheet, const struct flow *flow, size_t at,
                       const struct cell *cell, struct err *err)
{
	uint8_t borders[4];
	borders_of(flow, at, cell, borders);
	lxw_format *format = book_format(book, &cell->style, borders);
	const lxw_row_t row = (lxw_row_t)at;
	const lxw_col_t column = (lxw_col_t)cell->at;

	if (cell->span > 1 || cell->rows > 1) {
		if (!book_ok(worksheet_merge_range(sheet, row, column, row + (lxw_row_t)cell->rows - 1,
		                                   (lxw_col_t)(column + cell->span - 1), NULL, format), err))
			return false;
	}
	return book_text(sheet, row, column, cell->text, format, err);
}

static bool paint_rows(struct book *book, lxw_worksheet *sheet, const struct flow *flow, struct err *err)
{
	for (size_t i = 0; i < flow->count; i++) {
		const struct row *row = &flow->rows[i];
		if (!book_ok(worksheet_set_row(sheet, (lxw_row_t)i, row->height_pt, NULL), err))
			return false;
		for (size_t k = 0; k < row->count; k++) {
			if (!paint_cell(book, sheet, flow, i, &row->cells[k], err))
				return false;
		}
	}
	return true;
}

/* ---- the page ---- */

static bool set_breaks(lxw_worksheet *sheet, const struct flow *flow, struct err *err)
{
	lxw_row_t *breaks = mem_zeroed((size_t)flow->pages + 1, sizeof(*breaks));
	size_t count = 0;

	for (size_t i = 1; i < flow->count; i++) {
		if (flow->rows[i].page != flow->rows[i - 1].page)
			breaks[count++] = (lxw_row_t)i;
	}
	const bool good = count == 0 || book_ok(worksheet_set_h_pagebreaks(sheet, breaks), err);
	free(breaks);
	return good;
}

static bool set_repeat(lxw_worksheet *sheet, const struct flow *flow, struct err *err)
{
	size_t first = 0, end;

	while (first < flow->count && !flow->rows[first].repeat)
		first++;
	for (end = first; end < flow->count && flow->rows[end].repeat;)
		end++;
	return end == first || book_ok(worksheet_repeat_rows(sheet, (lxw_row_t)first, (lxw_row_t)end - 1), err);
}

static bool set_columns(lxw_worksheet *sheet, const struct flow *flow, struct err *err)
{
	for (int i = 0; i < flow->units; i++) {
		/* 96 pixels an inch; the remainder goes on so that the sum is right. */
		const double from = flow_width(flow, 0, i), to = flow_width(flow, 0, i + 1);
		const uint32_t pixels = (uint32_t)(to / 0.75 + 0.5) - (uint32_t)(from / 0.75 + 0.5);
		const lxw_col_t column = (lxw_col_t)i;
		if (!book_ok(worksheet_set_column_pixels(sheet, column, column, pixels, NULL), err))
			return false;
	}
	return true;
}

bool paint_page(lxw_worksheet *sheet, const struct sheet_frame *frame, struct err *err)
{
	const double *mm = frame->margins_mm;
	const double room_mm = mm[MARGIN_TOP] - head_height_mm;
	lxw_header_footer_options head = { .margin = (room_mm < running_head_mm ? room_mm : running_head_mm) * mm_inch };
	lxw_header_footer_options foot = { .margin = running_foot_mm * mm_inch };

	worksheet_set_paper(sheet, 9); /* A4 */
	if (frame->landscape)
		worksheet_set_landscape(sheet);
	/* The grid may be a hair wider than the margins leave: they give way at the right. */
	worksheet_set_margins(sheet, mm[MARGIN_LEFT] * mm_inch, (mm[MARGIN_RIGHT] - 0.8) * mm_inch, mm[MARGIN_TOP] * mm_inch,
	                      mm[MARGIN_BOTTOM] * mm_inch);
	worksheet_fit_to_pages(sheet, 1, 0);
	if (frame->numbered_alone)
		worksheet_set_start_page(sheet, 1);
	return book_ok(worksheet_set_header_opt(sheet, frame->header, &head), err) &&
	       book_ok(worksheet_set_footer_opt(sheet, frame->footer, &foot), err);
}

static bool set_area(lxw_worksheet *sheet, const struct flow *flow, struct err *err)
{
	worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
	return book_ok(worksheet_print_area(sheet, 0, 0, (lxw_row_t)flow->count - 1, (lxw_col_t)(flow->units - 1)), err);
}

bool paint_sheet(struct book *book, const struct flow *flow, const struct sheet_frame *frame, struct err *err)
{
	lxw_worksheet *sheet = book_sheet(book, frame->name, err);

	return sheet != NULL && set_columns(sheet, flow, err) && paint_page(sheet, frame, err) && set_area(sheet, flow, err) &&
	       paint_rows(book, sheet, flow, err) && set_repeat(sheet, flow, err) && set_breaks(sheet, flow, err);
}
