/*
 * book: one workbook on its way to its place.
 *
 * Layer: report, inside; with paint.c and list.c the only user of libxlsxwriter.
 * It is written under a name of its own and put in place whole by book_finish().
 */
#ifndef YW_REPORT_BOOK_H
#define YW_REPORT_BOOK_H

#include <xlsxwriter.h>

#include "report/flow.h"
#include "report/report.h"
#include "report/words.h"

struct book;

/* CONSTANT_MEMORY: rows are written once, in order. Fonts by the words (may be NULL). */
struct book *book_new(const struct report_target *target, const struct page_context *context, const struct words *words,
                      bool constant_memory, struct err *err);
/* A new sheet with a name made from NAME that is good and unique. NULL after an error. */
lxw_worksheet *book_sheet(struct book *book, const char *name, struct err *err);
/* A format with that style and these borders (LXW_BORDER_...: left, right, top, bottom). Owned by the book. */
lxw_format *book_format(struct book *book, const struct style *style, const uint8_t borders[4]);
/* Writes a text; one that Excel cannot hold is refused. */
bool book_text(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text, lxw_format *format,
               struct err *err);
/* Turns an error of the library into ERR; true if there was none. */
bool book_ok(lxw_error error, struct err *err);
bool book_finish(struct book *book, struct err *err);
/* Without book_finish() nothing remains of it. */
void book_free(struct book **book);

#endif
