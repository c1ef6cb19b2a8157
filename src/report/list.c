/* A list as it stands on the screen, of any length. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "report/book.h"
#include "report/layout_model.h"
#include "report/paint.h"
#include "report/running.h"

enum { MOST_ROWS = 1048576, MOST_NUMBER_CHARS = 15 };

struct report_list {
	struct book *book;
	struct report_list_column *columns; /* the headings are ours */
	size_t count;
	char *title;
	struct print print;                 /* for header and footer */
	lxw_worksheet *sheet;
	lxw_row_t row;                      /* the next one */
	lxw_format *text_format, *number_format, *heading_format;
};

static bool begin_sheet(struct report_list *list, struct err *err)
{
	static const double margins_mm[MARGIN_COUNT] = { 20, 15, 20, 15 };
	const struct running running = { 0 };
	char *header, *footer;

	list->sheet = book_sheet(list->book, list->title, err);
	if (list->sheet == NULL || !running_make(&list->print, &running, &header, &footer, err))
		return false;
	const struct sheet_frame frame = { .header = header, .footer = footer, .landscape = true, .margins_mm = margins_mm };
	bool good = paint_page(list->sheet, &frame, err) && book_ok(worksheet_repeat_rows(list->sheet, 0, 0), err);
	worksheet_freeze_panes(list->sheet, 1, 0);
	free(header);
	free(footer);
	for (size_t i = 0; good && i < list->count; i++) {
		const lxw_col_t column = (lxw_col_t)i;
		good = book_ok(worksheet_set_column(list->sheet, column, column, list->columns[i].width * 1.2 + 2, NULL), err) &&
		       book_text(list->sheet, 0, column, list->columns[i].heading, list->heading_format, err);
	}
	list->row = 1;
	return good;
}

static void make_formats(struct report_list *list)
{
	const struct style body = { .font = FONT_BODY, .size_pt = 10.5, .rise = RISE_TOP };
	const struct style heading = { .font = FONT_HEAD, .size_pt = 10.5, .align = ALIGN_CENTER };
	static const uint8_t borders[4] = { LXW_BORDER_THIN, LXW_BORDER_THIN, LXW_BORDER_THIN, LXW_BORDER_THIN };
	static const uint8_t none[4] = { 0 };

	list->text_format = book_format(list->book, &body, borders);
	list->heading_format = book_format(list->book, &heading, borders);
	/* Another one than the text's, for its number format is changed. */
	list->number_format = book_format(list->book, &(struct style){ .font = FONT_BODY, .size_pt = 10.5, .align = ALIGN_RIGHT }, none);
	format_set_border(list->number_format, LXW_BORDER_THIN);
	format_set_num_format(list->number_format, "General");
}

struct report_list *report_list_new(const struct layout *layout, const struct page_context *context, const char *title,
                                    const struct report_list_column *columns, size_t column_count,
                                    const struct report_target *target, struct err *err)
{
	struct report_list *list = mem_new(struct report_list);

	list->print = (struct print){ .page = context, .words = layout == NULL ? NULL : &layout->words };
	list->title = mem_text(title);
	list->count = column_count;
	list->columns = mem_zeroed(column_count, sizeof(*list->columns));
	for (size_t i = 0; i < column_count; i++) {
		list->columns[i] = columns[i];
		list->columns[i].heading = mem_text(columns[i].heading);
	}
	list->book = book_new(target, context, list->print.words, true, err);
	if (list->book == NULL)
		goto fail;
	make_formats(list);
	if (!begin_sheet(list, err))
		goto fail;
	return list;
fail:
	report_list_free(&list);
	return NULL;
}

/* Only what a number reads back to exactly as it stands: not 007, not 3.10. */
static bool is_number(const char *text, double *number)
{
	char again[32], *end;

	if (str_is_empty(text) || strlen(text) > MOST_NUMBER_CHARS)
		return false;
	*number = strtod(text, &end);
	snprintf(again, sizeof(again), "%.15g", *number);
	return *end == '\0' && strcmp(again, text) == 0 && strpbrk(text, "0123456789") != NULL;
}

bool report_list_row(struct report_list *list, const char *const *cells, struct err *err)
{
	double number;

	if (list->row == MOST_ROWS && !begin_sheet(list, err))
		return false;
	for (size_t i = 0; i < list->count; i++) {
		const lxw_col_t column = (lxw_col_t)i;
		bool good;
		if (list->columns[i].number && is_number(cells[i], &number))
			good = book_ok(worksheet_write_number(list->sheet, list->row, column, number, list->number_format), err);
		else
			good = book_text(list->sheet, list->row, column, cells[i], list->text_format, err);
		if (!good)
			return false;
	}
	list->row++;
	return true;
}

bool report_list_finish(struct report_list *list, struct err *err)
{
	return book_finish(list->book, err);
}

void report_list_free(struct report_list **list)
{
	struct report_list *l = *list;

	*list = NULL;
	if (l == NULL)
		return;
	for (size_t i = 0; i < l->count; i++)
		free((char *)(uintptr_t)l->columns[i].heading);
	free(l->columns);
	free(l->title);
	book_free(&l->book);
	free(l);
}
