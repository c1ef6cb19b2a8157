/*
 * report: records and registers as workbooks, ready to print.
 *
 * Layer: report, the only user of libxlsxwriter. It gets everything it prints
 * from its caller: no database, no files but the workbook. A workbook is written
 * beside its place and then renamed: whole or not at all. The same input gives
 * the same bytes. No text is ever cut: what is too long for its place goes on
 * below it or on an annex page. Nothing printed claims an approval that was not
 * given: only the decisions that still stand are shown in the approval rows.
 */
#ifndef YW_REPORT_REPORT_H
#define YW_REPORT_REPORT_H

#include <stdint.h>
#include <stdio.h>

#include "base/err.h"
#include "model/calendar.h"
#include "model/definition.h"
#include "model/record.h"
#include "report/layout.h"

/* Where a workbook goes. Either PATH (mode 0600), or the bytes are written to FILE. */
struct report_target {
	const char *path;
	FILE *file;
};

/* What stands on every page, whatever it shows. All texts borrowed. */
struct page_context {
	const char *office;       /* the bureau's name */
	const char *printed_by;
	int64_t printed_utc;      /* also the workbook's creation time */
	bool training;            /* marks every page 培训 */
	bool english;             /* labels and fixed words in English */
	/*
	 * Evaluates a definition's expression over a record; the caller frees; NULL: nothing, or it cannot be
	 * evaluated. The function may be NULL: then conditions count as false, and {=...} gives nothing.
	 */
	char *(*evaluate)(void *data, const char *expression, const struct record *record);
	void *data;
};

/* One journal entry of the record, oldest first. */
struct page_entry {
	int64_t at_utc;
	const char *person;       /* who did it */
	const char *acting_for;   /* the person substituted; NULL */
	const char *action;       /* ASCII verb */
	const char *label;        /* as the form words it */
	const char *from, *to;    /* state keys; "" or NULL: it stayed */
	const char *note;         /* opinion or reason; "" or NULL */
	const char *paper_signer; /* signed on paper by whom (backfilled); NULL: decided in the system */
	const char *paper_day;    /* "2026-11-20", when it was signed; NULL */
};

/* What stands in the archive stamp's six boxes (DA/T 22-2015); NULL or "": the box is blank. */
struct archive_stamp {
	const char *fonds, *year, *item, *office, *retention, *pages;
};

struct page_input {
	const struct definition *form;    /* the version that the record was filed under */
	const struct record *record;
	const struct page_entry *entries; /* its journal */
	size_t entry_count;
	int copy;                 /* this is the n-th print of it; 0: not counted */
	const char *check_code;   /* short code from the record's hash; NULL */
	const char *chain_head;   /* of the journal at printing; its first 16 characters are printed; NULL */
	bool decided;             /* false: the page says "not decided" */
	struct archive_stamp stamp;
};

/* One sheet a record, in the order given; LAYOUT (a form's) must fit the forms of all of them. */
bool report_write_record(const struct layout *layout, const struct page_context *context, const struct page_input *inputs,
                         size_t count, const struct report_target *target, struct err *err);

/* How many pages the record's sheet has, as report_write_record lays it out; 0 if it cannot. */
int report_count_pages(const struct layout *layout, const struct page_context *context, const struct page_input *input);

/* Why nothing was recorded on a day when it was due. */
struct missed_day {
	const char *day;          /* "2026-11-22" */
	const char *reason;       /* NULL: none was given */
};

struct register_input {
	const struct definition *form;        /* NULL: rows of plain data (an index, a catalogue) */
	int year, month;                      /* month 0: the whole year */
	const struct record *const *records;  /* sorted by the layout; void ones belong to it */
	size_t count;
	/*
	 * For layouts with a row a day. CALENDAR may be NULL (Monday to Friday are worked); days after LAST_DAY
	 * (NULL: the day of printing) are left open; a worked day until then with no record is printed as missed.
	 */
	const struct calendar *calendar;
	const char *last_day;
	const struct missed_day *missed;
	size_t missed_count;
	const char *check_code;   /* may be NULL */
	const char *chain_head;   /* may be NULL */
	/* The definition that a record was filed under, where it differs from FORM; may be NULL. */
	const struct definition *(*form_of)(void *data, const struct record *record);
};

/* One sheet a register; several in one workbook if COUNT > 1 (layouts[i] for inputs[i]). */
bool report_write_registers(const struct layout *const *layouts, const struct page_context *context,
                            const struct register_input *inputs, size_t count, const struct report_target *target,
                            struct err *err);
bool report_write_register(const struct layout *layout, const struct page_context *context,
                           const struct register_input *input, const struct report_target *target, struct err *err);

struct report_list_column {
	const char *heading;
	int width;                /* terminal columns as the list shows it */
	bool number;              /* cells that read as a number are written as one */
};

/*
 * Exactly what a list shows, row by row, in constant memory however long it is;
 * a new sheet begins where Excel's rows end. Nothing is at the target before
 * report_list_finish() returned true; report_list_free() alone gives it up.
 */
struct report_list;
/* LAYOUT (any) gives the words that stand around the list; NULL: English. */
struct report_list *report_list_new(const struct layout *layout, const struct page_context *context, const char *title,
                                    const struct report_list_column *columns, size_t column_count,
                                    const struct report_target *target, struct err *err);
/* One text a column; NULL: empty. */
bool report_list_row(struct report_list *list, const char *const *cells, struct err *err);
bool report_list_finish(struct report_list *list, struct err *err);
void report_list_free(struct report_list **list);

#endif
