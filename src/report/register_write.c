/* Registers as sheets. */
#include <stdlib.h>

#include "base/str.h"
#include "base/text.h"
#include "report/book.h"
#include "report/paint.h"
#include "report/register.h"
#include "report/running.h"

/* A short name for the sheet: the form's, or the title in the layout. */
static char *sheet_name(const struct ledger *ledger)
{
	const struct print *print = &ledger->print;

	if (print->form == NULL)
		return template_expand(print, ledger->layout->title == NULL ? "" : ledger->layout->title);
	return str_format("%s", print->page->english && print->form->name_en != NULL ? print->form->name_en : print->form->name);
}

static bool write_sheet(struct book *book, struct ledger *ledger, bool alone, struct err *err)
{
	char *header, *footer;

	flow_paginate(&ledger->flow, paint_page_height(ledger->layout->margins_mm, true));
	const struct running running = {
		.check_code = ledger->input->check_code,
		.chain_head = ledger->input->chain_head,
		.pages = alone ? 0 : ledger->flow.pages,
	};
	if (!running_make(&ledger->print, &running, &header, &footer, err))
		return false;
	char *name = sheet_name(ledger);
	const struct sheet_frame frame = {
		.name = name,
		.header = header,
		.footer = footer,
		.landscape = true,
		.numbered_alone = !alone,
		.margins_mm = ledger->layout->margins_mm,
	};
	const bool good = paint_sheet(book, &ledger->flow, &frame, err);
	free(name);
	free(header);
	free(footer);
	return good;
}

bool report_write_registers(const struct layout *const *layouts, const struct page_context *context,
                            const struct register_input *inputs, size_t count, const struct report_target *target,
                            struct err *err)
{
	if (count == 0)
		return err_set(err, ERR_REFUSED, _("There is no register to write."));
	struct book *book = book_new(target, context, &layouts[0]->words, false, err);
	bool good = book != NULL;
	for (size_t i = 0; good && i < count; i++) {
		struct ledger ledger = { 0 };
		if (layouts[i]->kind != LAYOUT_REGISTER)
			good = err_set(err, ERR_REFUSED, _("A register needs a register's layout, not a form's."));
		else
			good = ledger_build(&ledger, layouts[i], context, &inputs[i], err) &&
			       write_sheet(book, &ledger, count == 1, err);
		ledger_release(&ledger);
	}
	good = good && book_finish(book, err);
	book_free(&book);
	return good;
}

bool report_write_register(const struct layout *layout, const struct page_context *context,
                           const struct register_input *input, const struct report_target *target, struct err *err)
{
	return report_write_registers(&layout, context, input, 1, target, err);
}
