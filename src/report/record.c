/* One sheet a record. */
#include <stdlib.h>

#include "base/str.h"
#include "base/text.h"
#include "report/book.h"
#include "report/page.h"
#include "report/paint.h"
#include "report/report.h"
#include "report/running.h"

static void lay_out(struct page *page, const struct layout *layout, const struct page_context *context,
                    const struct page_input *input)
{
	page_build(page, layout, context, input);
	flow_paginate(&page->flow, paint_page_height(layout->margins_mm, false));
}

static bool is_void(const struct page_input *input)
{
	const struct state *state = input->form == NULL || input->record->state == NULL ?
		NULL : workflow_state(&input->form->workflow, input->record->state);
	return state != NULL && state->kind == STATE_VOID;
}

static bool write_sheet(struct book *book, const struct page *page, const struct page_input *input, bool alone, struct err *err)
{
	char *header, *footer;
	const struct record *record = input->record;
	const struct running running = {
		.code = record->code,
		.check_code = input->check_code,
		.chain_head = input->chain_head,
		.copy = input->copy,
		.not_decided = !input->decided,
		.is_void = is_void(input),
		.pages = alone ? 0 : page->flow.pages,
	};

	if (!running_make(&page->print, &running, &header, &footer, err))
		return false;
	const struct sheet_frame frame = {
		.name = record->code != NULL ? record->code : record->title == NULL ? "" : record->title,
		.header = header,
		.footer = footer,
		.numbered_alone = !alone,
		.margins_mm = page->layout->margins_mm,
	};
	const bool good = paint_sheet(book, &page->flow, &frame, err);
	free(header);
	free(footer);
	return good;
}

bool report_write_record(const struct layout *layout, const struct page_context *context, const struct page_input *inputs,
                         size_t count, const struct report_target *target, struct err *err)
{
	struct page page;

	if (layout->kind != LAYOUT_FORM || count == 0)
		return err_set(err, ERR_REFUSED, _("There is no record to print, or the layout is a register's."));
	struct book *book = book_new(target, context, &layout->words, false, err);
	bool good = book != NULL;
	for (size_t i = 0; good && i < count; i++) {
		lay_out(&page, layout, context, &inputs[i]);
		good = write_sheet(book, &page, &inputs[i], count == 1, err);
		page_release(&page);
	}
	good = good && book_finish(book, err);
	book_free(&book);
	return good;
}

int report_count_pages(const struct layout *layout, const struct page_context *context, const struct page_input *input)
{
	struct page page;

	if (layout->kind != LAYOUT_FORM)
		return 0;
	lay_out(&page, layout, context, input);
	const int pages = page.flow.pages;
	page_release(&page);
	return pages;
}
