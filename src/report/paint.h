/*
 * paint: a paginated flow becomes a sheet.
 *
 * Layer: report, inside.
 */
#ifndef YW_REPORT_PAINT_H
#define YW_REPORT_PAINT_H

#include "report/book.h"
#include "report/flow.h"
#include "report/layout_model.h"

/* What stands outside the rows: the sheet's name, header and footer (in the workbook's own codes). */
struct sheet_frame {
	const char *name;
	const char *header, *footer;
	bool landscape;
	bool numbered_alone; /* its pages count from 1 though the workbook has more sheets */
	const double *margins_mm;
};

/* Points between the margins of the page, without what the flow repeats: for flow_paginate. */
double paint_page_height(const double *margins_mm, bool landscape);
double paint_page_width(const double *margins_mm, bool landscape);
/* Paper, margins, header and footer. */
bool paint_page(lxw_worksheet *sheet, const struct sheet_frame *frame, struct err *err);
bool paint_sheet(struct book *book, const struct flow *flow, const struct sheet_frame *frame, struct err *err);

#endif
