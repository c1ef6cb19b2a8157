/* What {key} stands for. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "report/lookup.h"

/* ---- what the record brings beside its body ---- */

static char *text_of(const char *text)
{
	return mem_text(text == NULL ? "" : text);
}

static char *get_number(const struct print *p)
{
	return text_of(p->record->number == NULL ? print_word(p, WORD_NO_NUMBER) : p->record->number);
}

static char *get_code(const struct print *p)
{
	return text_of(p->record->code);
}

static char *get_filing_number(const struct print *p)
{
	return text_of(p->record->filing_number);
}

static char *get_state(const struct print *p)
{
	return text_of(print_state(p, p->record->state));
}

static char *get_department(const struct print *p)
{
	return text_of(p->record->department);
}

static char *get_applicant(const struct print *p)
{
	return text_of(p->record->applicant);
}

static char *get_title(const struct print *p)
{
	return text_of(p->record->title);
}

static char *get_occurred_at(const struct print *p)
{
	return print_time(p, p->record->occurred_utc);
}

static char *get_entered_at(const struct print *p)
{
	return print_time(p, p->record->entered_utc);
}

static char *get_submitted_at(const struct print *p)
{
	return print_time(p, p->record->submitted_utc);
}

static char *get_updated_at(const struct print *p)
{
	return print_time(p, p->record->updated_utc);
}

static char *get_late(const struct print *p)
{
	return text_of(p->record->late ? print_word(p, WORD_LATE) : "");
}

static char *get_form(const struct print *p)
{
	return text_of(p->form == NULL ? "" : print_title(p, p->form));
}

static char *get_retention(const struct print *p)
{
	return text_of(p->form == NULL ? "" : p->form->retention);
}

static char *get_office(const struct print *p)
{
	return text_of(p->page->office);
}

static char *get_printed_by(const struct print *p)
{
	return text_of(p->page->printed_by);
}

static char *get_printed_at(const struct print *p)
{
	return print_time(p, p->page->printed_utc);
}

static char *month_end(const struct print *p, bool last)
{
	const int month = p->month == 0 ? (last ? 12 : 1) : p->month;
	int64_t days = clock_days(p->year, month, 1);

	if (last)
		days = month == 12 ? clock_days(p->year, 12, 31) : clock_days(p->year, month + 1, 1) - 1;
	return print_day(p, days * 86400 - clock_zone() * 60 + 43200);
}

static char *get_from(const struct print *p)
{
	return p->year == 0 ? text_of("") : month_end(p, false);
}

static char *get_until(const struct print *p)
{
	return p->year == 0 ? text_of("") : month_end(p, true);
}

static char *get_serial(const struct print *p)
{
	return p->serial == 0 ? text_of("") : str_format("%d", p->serial);
}

static char *get_day(const struct print *p)
{
	int year, month, day;

	if (!p->has_day)
		return text_of("");
	clock_civil(p->day, &year, &month, &day);
	return str_format("%d", day);
}

/* The words of the week stand in one text, Monday first. */
static char *get_weekday(const struct print *p)
{
	const char *from = print_word(p, WORD_WEEKDAYS);

	for (int i = p->has_day ? clock_weekday(p->day) : 8; i > 1 && from != NULL; i--) {
		from = strchr(from, ' ');
		from = from == NULL ? NULL : from + 1;
	}
	return from == NULL ? text_of("") : mem_text_len(from, strcspn(from, " "));
}

/* What a template finds under names that no field has. */
static const struct {
	const char *name;
	char *(*get)(const struct print *print);
	bool of_record;
} builtins[] = {
	{ "number", get_number, true },
	{ "code", get_code, true },
	{ "filing_number", get_filing_number, true },
	{ "state", get_state, true },
	{ "department", get_department, true },
	{ "applicant", get_applicant, true },
	{ "title", get_title, true },
	{ "occurred_at", get_occurred_at, true },
	{ "entered_at", get_entered_at, true },
	{ "submitted_at", get_submitted_at, true },
	{ "updated_at", get_updated_at, true },
	{ "late", get_late, true },
	{ "form", get_form, false },
	{ "retention", get_retention, false },
	{ "office", get_office, false },
	{ "printed_by", get_printed_by, false },
	{ "printed_at", get_printed_at, false },
	{ "from", get_from, false },
	{ "until", get_until, false },
	{ "#", get_serial, false },
	{ "row.day", get_day, false },
	{ "row.weekday", get_weekday, false },
};

/* True if NAME is one; *TEXT is what it gives, "" where there is no record. */
static bool builtin(const struct print *print, const char *name, char **text)
{
	for (size_t i = 0; i < sizeof(builtins) / sizeof(builtins[0]); i++) {
		if (!str_equal(builtins[i].name, name))
			continue;
		if (text != NULL)
			*text = builtins[i].of_record && print->record == NULL ? text_of("") : builtins[i].get(print);
		return true;
	}
	return false;
}

/* The part of KEY after PREFIX, or NULL. */
static const char *after(const char *key, const char *prefix)
{
	const size_t len = strlen(prefix);
	return strncmp(key, prefix, len) == 0 ? key + len : NULL;
}

/* ---- looking up ---- */

/* The value itself, as the body has it; FIELD is what it belongs to (NULL: plain data). */
static const json_t *find_in_body(const struct print *p, const char *key, const struct field **field)
{
	char name[128];
	const char *dot = strchr(key, '.');

	*field = p->table == NULL ? NULL : field_child(p->table, key);
	if (*field != NULL)
		return json_object_get(p->row, key);
	if (p->form == NULL)
		return p->record == NULL ? NULL : json_object_get(p->record->body, key);
	if (dot == NULL) {
		*field = definition_field(p->form, key);
		return *field == NULL ? NULL : print_body(p, *field);
	}
	if ((size_t)(dot - key) >= sizeof(name))
		return NULL;
	memcpy(name, key, (size_t)(dot - key));
	name[dot - key] = '\0';
	const struct field *list = definition_field(p->form, name);
	if (list == NULL || list->type != FIELD_CHECKLIST)
		return NULL;
	str_copy(name, sizeof(name), dot + 1);
	char *note = strchr(name, '.');
	if (note != NULL)
		*note = '\0';
	*field = field_child(list, name);
	return json_object_get(json_object_get(print_body(p, list), name), note == NULL ? "value" : "note");
}

static char *plain_display(const struct print *p, const json_t *value)
{
	static const struct field text = { .type = FIELD_TEXT }, number = { .type = FIELD_INTEGER };
	return print_value(p, json_is_number(value) ? &number : &text, value);
}

static const struct page_entry *entry_of(const struct print *p, const char *key, char part[8])
{
	const char *dot = strchr(key, '.');

	if (dot == NULL || dot - key >= 8)
		return NULL;
	memcpy(part, key, (size_t)(dot - key));
	part[dot - key] = '\0';
	return print_standing(p, dot + 1, NULL, NULL);
}

static char *display(const struct print *p, const char *key)
{
	const struct field *field;
	char part[8], *text;
	const json_t *value = find_in_body(p, key, &field);
	const size_t len = strlen(key);

	if (field != NULL && len > 5 && str_equal(key + len - 5, ".note"))
		return text_of(json_string_value(value));
	if (field != NULL)
		return print_value(p, field, value);
	if (value != NULL)
		return plain_display(p, value);
	const char *name = after(key, "record.");
	if (builtin(p, name == NULL ? key : name, &text))
		return text;
	const struct page_entry *entry = entry_of(p, key, part);
	if (entry == NULL)
		return text_of("");
	if (str_equal(part, "by"))
		return print_person(p, entry);
	return str_equal(part, "at") ? print_time(p, entry->at_utc) : text_of(entry->note);
}

/* The instant that a value stands for, for filters; false if it is none. */
static bool instant(const struct print *p, const char *key, int64_t *utc)
{
	const struct field *field;
	const json_t *value = find_in_body(p, key, &field);

	if (json_is_string(value))
		return clock_parse(json_string_value(value), utc);
	char *text = display(p, key);
	const bool found = clock_parse(text, utc);
	free(text);
	return found;
}

char *lookup_text(const struct print *p, const char *key, enum filter filter)
{
	const struct field *field;
	int64_t utc;
	char local[CLOCK_LOCAL_SIZE], year[5];

	if (filter == FILTER_NONE)
		return display(p, key);
	if (filter == FILTER_COUNT) {
		const json_t *value = find_in_body(p, key, &field);
		const size_t count = json_is_object(value) ? json_object_size(value) : json_array_size(value);
		return count == 0 ? text_of("") : str_format("%zu", count);
	}
	if (filter == FILTER_PLAIN) {
		const json_t *value = find_in_body(p, key, &field);
		return field != NULL && json_is_number(value) ? field_display(field, value) : display(p, key);
	}
	if (!instant(p, key, &utc))
		return text_of("");
	clock_local(utc, local);
	switch (filter) {
	case FILTER_DAY:
		return print_day(p, utc);
	case FILTER_TIME:
		return str_format("%.5s", local + 11);
	case FILTER_SHORT:
		return str_format("%.5s", local + 5);
	case FILTER_DIGITS:
		return str_format("%.4s%.2s%.2s", local, local + 5, local + 8);
	default:
		break;
	}
	str_copy(year, sizeof(year), local);
	char mm[3] = { local[5], local[6], '\0' };
	return word_fill(print_word(p, WORD_MONTH), "yyyy", year, "mm", mm, "m", mm[0] == '0' ? mm + 1 : mm, NULL);
}

static bool is_entry_key(const char *key)
{
	return after(key, "by.") != NULL || after(key, "at.") != NULL || after(key, "note.") != NULL;
}

bool lookup_knows(const char *key, const struct definition *form, const struct field *table)
{
	const struct record nothing = { 0 };
	const struct print print = { .form = form, .record = &nothing, .table = table };
	const struct field *field;
	const char *name = after(key, "record.");

	if (name != NULL || builtin(&print, key, NULL))
		return builtin(&print, name == NULL ? key : name, NULL);
	if (is_entry_key(key) || form == NULL)
		return true;
	find_in_body(&print, key, &field);
	return field != NULL;
}
