/* A month by days: every day has its row, whether something was recorded on it or not. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "report/register.h"

static int64_t day_of(int64_t utc)
{
	char day[CLOCK_DAY_SIZE];
	int64_t midnight;

	clock_day(utc, day);
	return clock_parse(day, &midnight) ? (midnight + clock_zone() * 60) / 86400 : 0;
}

/* The instant at noon of a day, for writing it. */
static int64_t noon(int64_t day)
{
	return day * 86400 + 43200 - clock_zone() * 60;
}

static bool is_worked(const struct ledger *ledger, int64_t day)
{
	const struct calendar *calendar = ledger->input->calendar;
	return calendar == NULL ? clock_weekday(day) <= 5 : calendar_is_workday(calendar, day);
}

static const struct missed_day *missed_on(const struct ledger *ledger, int64_t day)
{
	char text[CLOCK_DAY_SIZE];

	clock_day(noon(day), text);
	for (size_t i = 0; i < ledger->input->missed_count; i++) {
		if (str_equal(ledger->input->missed[i].day, text))
			return &ledger->input->missed[i];
	}
	return NULL;
}

/* What a day without a record says: rest and which, missed and why, or nothing yet. Caller frees. */
static char *absence(const struct ledger *ledger, int64_t day, int64_t last_day)
{
	const struct print *print = &ledger->print;
	const struct missed_day *missed = missed_on(ledger, day);

	if (missed == NULL && !is_worked(ledger, day)) {
		const char *festival = ledger->input->calendar == NULL ? NULL : calendar_festival(ledger->input->calendar, day);
		const char *rest = print_word(print, WORD_REST);
		return str_is_empty(festival) ? mem_text(rest) :
			word_fill(print_word(print, WORD_REST_WHY), "rest", rest, "festival", festival, NULL);
	}
	if (missed == NULL && day > last_day)
		return NULL;
	const char *word = print_word(print, WORD_MISSED);
	if (missed == NULL || str_is_empty(missed->reason))
		return mem_text(word);
	return word_fill(print_word(print, WORD_MISSED_WHY), "missed", word, "reason", missed->reason, NULL);
}

static bool speaks_of_day(const struct register_column *column)
{
	return column->value != NULL && (strstr(column->value, "{row.day}") != NULL || strstr(column->value, "{row.weekday}") != NULL);
}

/* The day's own columns come first; what it has to say stands across the others. */
static void add_empty_day(struct ledger *ledger, int64_t day, int64_t last_day)
{
	struct style style = { .font = FONT_BODY, .size_pt = ledger->layout->size_pt, .shaded = !is_worked(ledger, day) };
	struct print print = ledger->print;
	size_t at = 0;

	print.has_day = true;
	print.day = day;
	flow_add(&ledger->flow, true);
	for (; at + 1 < ledger->count && speaks_of_day(&ledger->columns[at]); at++) {
		style.align = ledger->columns[at].align;
		flow_cell(&ledger->flow, (int)at, 1, style, template_expand(&print, ledger->columns[at].value));
	}
	char *text = absence(ledger, day, last_day);
	style.align = ALIGN_LEFT;
	if (text != NULL) {
		flow_cell(&ledger->flow, (int)at, (int)(ledger->count - at), style, text);
	} else {
		for (; at < ledger->count; at++)
			flow_cell(&ledger->flow, (int)at, 1, style, NULL);
	}
	flow_fit(&ledger->flow, ledger->layout->row_pt);
}

bool ledger_add_days(struct ledger *ledger, struct err *err)
{
	const struct register_input *input = ledger->input;
	int64_t last_day = day_of(ledger->print.page->printed_utc), utc;
	size_t next = 0;

	if (input->month < 1 || input->month > 12)
		return err_set(err, ERR_REFUSED, _("A sheet by days is made of one month, not of a year."));
	if (input->last_day != NULL && clock_parse(input->last_day, &utc))
		last_day = day_of(utc);
	const int64_t first = clock_days(input->year, input->month, 1);
	const int64_t end = input->month == 12 ? clock_days(input->year + 1, 1, 1) : clock_days(input->year, input->month + 1, 1);
	for (int64_t day = first; day < end; day++) {
		const size_t before = next;
		while (next < input->count && day_of(ledger->sorted[next]->occurred_utc) == day)
			ledger_add_record(ledger, ledger->sorted[next++], true, day, !is_worked(ledger, day));
		if (next == before)
			add_empty_day(ledger, day, last_day);
	}
	if (next == input->count)
		return true;
	const char *number = ledger->sorted[next]->number;
	return err_set(err, ERR_REFUSED, _("The record %s does not lie in the month of the sheet."), number == NULL ? "?" : number);
}
