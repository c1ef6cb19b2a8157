/*
 * register: a month's sheet being built.
 *
 * Layer: report, inside. A flow whose units are the columns.
 */
#ifndef YW_REPORT_REGISTER_H
#define YW_REPORT_REGISTER_H

#include "report/flow.h"
#include "report/layout_model.h"
#include "report/print.h"

struct ledger {
	const struct layout *layout;
	const struct register_input *input;
	struct print print;             /* without a record */
	struct flow flow;
	const struct register_column *columns;
	struct register_column *own;    /* made from the form's list; NULL */
	size_t count;
	double *sums;                   /* by column */
	size_t rows;                    /* so far */
	const struct record **sorted;
};

/* Lays out the whole sheet, unpaginated; ledger_release() even if it failed. */
bool ledger_build(struct ledger *ledger, const struct layout *layout, const struct page_context *context,
                  const struct register_input *input, struct err *err);
void ledger_release(struct ledger *ledger);

/* One record's row (or rows), with the day (HAS_DAY) that it stands under. */
void ledger_add_record(struct ledger *ledger, const struct record *record, bool has_day, int64_t day, bool shaded);
/* The rows of a month by days. */
bool ledger_add_days(struct ledger *ledger, struct err *err);
/* What a column shows of PRINT's record; caller frees. */
char *ledger_cell(const struct print *print, const struct register_column *column);

#endif
