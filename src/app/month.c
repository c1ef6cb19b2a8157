#include "app/month.h"

#include "app/duty.h"
#include "app/office_private.h"
#include "app/record_private.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "store/record.h"

enum { FETCH = 500, MOST_RECORDS = 200000 };

static bool parse_month(const char *text, int *year, int *month)
{
	char beyond;
	return text && strlen(text) == 7 && sscanf(text, "%4d-%2d%c", year, month, &beyond) == 2 &&
	       clock_is_date(*year, *month, 1);
}

bool month_init(struct month *month, struct office *office, const struct actor *actor, const char *text, struct err *err)
{
	static const unsigned allowed =
		ROLE_IC_CLERK | ROLE_IC_HEAD | ROLE_LEADER | ROLE_CHIEF | ROLE_ARCHIVIST | ROLE_AUDITOR;
	*month = (struct month){ 0 };
	if (!(actor->roles & allowed))
		return err_set(err, ERR_DENIED, _("The month's registers are for the information center, heads, archivist "
		                                  "and auditor."));
	if (!parse_month(text, &month->year, &month->number))
		return err_set(err, ERR_USAGE, _("\"%s\" is no month. Write it as 2026-11."), text ? text : "");
	month->text = mem_text(text);
	printer_init(&month->printer, office, actor);
	return true;
}

void month_release(struct month *month)
{
	printer_release(&month->printer);
	free(month->text);
}

bool month_has(const struct month *month, const struct definition *form)
{
	const struct record anything = { .department = (char *)(uintptr_t)month->printer.actor->department };
	return !form->restricted_to || permission_any_role(month->printer.actor, &anything, form->restricted_to);
}

/* One page of the store's into LEDGER; *KEY is where the next begins, NULL after the last. */
static bool load_page(struct month *month, struct record_filter *filter, struct month_register *ledger, char **key,
                      struct err *err)
{
	struct record_page page = { 0 };
	filter->key = *key;
	if (!record_list(month->printer.office->db, filter, &page, err))
		return false;
	ledger->records = mem_resize(ledger->records, ledger->count + page.count + 1, sizeof(*ledger->records));
	for (size_t i = 0; i < page.count; i++) {
		ledger->records[ledger->count++] = page.items[i];
		page.items[i] = NULL;
	}
	free(*key);
	*key = page.more && page.count ? record_key(ledger->records[ledger->count - 1], filter->sort) : NULL;
	record_page_release(&page);
	return true;
}

static bool load_records(struct month *month, struct month_register *ledger, struct err *err)
{
	const char **states = record_states_of_kind(ledger->form, ~(1 << STATE_DRAFT));
	int64_t first = clock_days(month->year, month->number, 1);
	int64_t next =
		clock_days(month->number == 12 ? month->year + 1 : month->year, month->number % 12 + 1, 1);
	struct record_filter filter = { .form = ledger->form->id,
		                        .states = states,
		                        .from_utc = duty_begin_of(first),
		                        .until_utc = duty_begin_of(next),
		                        .ascending = true,
		                        .limit = FETCH };
	char *key = NULL;
	bool ok = true;
	do {
		ok = load_page(month, &filter, ledger, &key, err);
	} while (ok && key && ledger->count < MOST_RECORDS);
	free(key);
	free(states);
	return ok;
}

bool month_load(struct month *month, const struct definition *form, struct month_register *ledger, struct err *err)
{
	char *layouts = printer_layouts(month->printer.office);
	*ledger = (struct month_register){ .form = form };
	ledger->layout = layout_of_month(layouts, form, err);
	free(layouts);
	if (ledger->layout && load_records(month, ledger, err))
		return true;
	month_register_release(ledger);
	return false;
}

void month_register_release(struct month_register *ledger)
{
	for (size_t i = 0; i < ledger->count; i++)
		record_free(&ledger->records[i]);
	free(ledger->records);
	layout_free(&ledger->layout);
	*ledger = (struct month_register){ 0 };
}

bool month_log(struct month *month, const struct month_register *ledger, char head[HASH_HEX_SIZE], struct err *err)
{
	struct print_entry print;
	char *what = str_format("%s %s", ledger->form->id, month->text);
	bool ok = printer_log(&month->printer, 0, what, &print, err);
	if (ok)
		str_copy(head, HASH_HEX_SIZE, print.head.hash);
	free(what);
	return ok;
}

static const struct definition *version_of(void *data, const struct record *record)
{
	const struct printer *printer = data; /* the page context's */
	return office_form_version(printer->office, record->form, record->form_hash, NULL);
}

struct register_input month_input(const struct month *month, const struct month_register *ledger, const char *head)
{
	return (struct register_input){ .form = ledger->form,
		                        .year = month->year,
		                        .month = month->number,
		                        .records = (const struct record *const *)ledger->records,
		                        .count = ledger->count,
		                        .calendar = month->printer.office->calendar,
		                        .chain_head = head,
		                        .form_of = version_of };
}
