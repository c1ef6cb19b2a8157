/*
 * pages: a case in JSON becomes a workbook, for the print tests.
 *
 *   print_pages CASE.json OUT.xlsx
 *
 * CASE: {"form": "patrol", "records": [{"body": {...}, "number": ..., "entries": [...]}], "month": "2026-11", ...};
 * with "month" a register, with "list" a list, else one sheet a record. Prints the pages that it reckoned with.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "form/expr.h"
#include "form/load.h"
#include "report/report.h"

static struct err failure;

static void die(const char *what)
{
	fprintf(stderr, "pages: %s: %s\n", what, failure.text);
	exit(1);
}

/* ---- reading the case ---- */

static char *text_of(const json_t *object, const char *key)
{
	return mem_text(json_string_value(json_object_get(object, key)));
}

static const char *peek(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static int64_t instant_of(const json_t *object, const char *key)
{
	int64_t utc = 0;
	const char *text = peek(object, key);
	if (text != NULL && !clock_parse(text, &utc))
		die(text);
	return utc;
}

static struct record *record_of(const json_t *object)
{
	struct record *record = mem_new(struct record);

	record->number = text_of(object, "number");
	record->code = text_of(object, "code");
	record->filing_number = text_of(object, "filing_number");
	record->state = text_of(object, "state");
	record->department = text_of(object, "department");
	record->applicant = text_of(object, "applicant");
	record->title = text_of(object, "title");
	record->occurred_utc = instant_of(object, "occurred");
	record->submitted_utc = instant_of(object, "submitted");
	record->late = json_is_true(json_object_get(object, "late"));
	record->body = json_incref(json_object_get(object, "body"));
	return record;
}

static struct page_entry *entries_of(const json_t *array)
{
	struct page_entry *entries = mem_zeroed(json_array_size(array) + 1, sizeof(*entries));

	for (size_t i = 0; i < json_array_size(array); i++) {
		const json_t *one = json_array_get(array, i);
		entries[i] = (struct page_entry){
			.at_utc = instant_of(one, "at"), .person = peek(one, "person"), .acting_for = peek(one, "for"),
			.action = peek(one, "action"), .label = peek(one, "label"), .from = peek(one, "from"), .to = peek(one, "to"),
			.note = peek(one, "note"), .paper_signer = peek(one, "signer"), .paper_day = peek(one, "signed"),
		};
	}
	return entries;
}

/* ---- expressions over the record ---- */

struct evaluating {
	struct evaluator *evaluator;
	const struct record *record;
};

static json_t *value_of(void *context, const char *name)
{
	const struct evaluating *e = context;
	if (strcmp(name, "state") == 0)
		return json_string(e->record->state == NULL ? "" : e->record->state);
	return json_incref(json_object_get(e->record->body, name));
}

static char *evaluate(void *data, const char *text, const struct record *record)
{
	struct evaluating e = { data, record };
	struct err err = { 0 };
	json_t *value = NULL;
	struct expression *expression = expression_get(data, text, &err);

	if (expression == NULL || !expression_value(expression, value_of, &e, &value, &err)) {
		fprintf(stderr, "pages: %s: %s\n", text, err.text);
		exit(1);
	}
	char *result = json_is_string(value) ? mem_text(json_string_value(value)) :
		json_is_number(value) ? str_format("%.15g", json_number_value(value)) : NULL;
	json_decref(value);
	return result;
}

/* ---- writing ---- */

static struct page_context context;

static void write_records(const json_t *input, const struct definition *form, const struct layout *layout,
                          const struct report_target *target)
{
	const json_t *records = json_object_get(input, "records");
	const size_t count = json_array_size(records);
	struct page_input *pages = mem_zeroed(count, sizeof(*pages));

	for (size_t i = 0; i < count; i++) {
		const json_t *one = json_array_get(records, i);
		const json_t *entries = json_object_get(one, "entries"), *stamp = json_object_get(one, "stamp");
		pages[i] = (struct page_input){
			.form = form, .record = record_of(one), .entries = entries_of(entries),
			.entry_count = json_array_size(entries), .copy = (int)json_integer_value(json_object_get(one, "copy")),
			.check_code = peek(one, "check"), .chain_head = peek(one, "chain"),
			.decided = json_is_true(json_object_get(one, "decided")),
			.stamp = { peek(stamp, "fonds"), peek(stamp, "year"), peek(stamp, "item"), peek(stamp, "office"),
			           peek(stamp, "retention"), peek(stamp, "pages") },
		};
		fprintf(target->path == NULL ? stderr : stdout, "%d\n", report_count_pages(layout, &context, &pages[i]));
	}
	if (!report_write_record(layout, &context, pages, count, target, &failure))
		die("record");
}

static struct calendar *calendar_of(const json_t *input)
{
	size_t len;
	const char *path = peek(input, "calendar");
	struct calendar *calendar = calendar_new();
	char *text = path == NULL ? NULL : path_read(path, 1 << 20, &len, &failure);

	if (path != NULL && (text == NULL || !calendar_add(calendar, text, path, &failure)))
		die("calendar");
	free(text);
	return calendar;
}

static void write_register(const json_t *input, const struct definition *form, const struct layout *layout,
                           const struct report_target *target)
{
	const json_t *records = json_object_get(input, "records"), *missed = json_object_get(input, "missed");
	const size_t count = json_array_size(records);
	struct record **all = mem_zeroed(count + 1, sizeof(*all));
	struct missed_day *days = mem_zeroed(json_array_size(missed) + 1, sizeof(*days));
	const char *month = peek(input, "month");

	for (size_t i = 0; i < count; i++)
		all[i] = record_of(json_array_get(records, i));
	for (size_t i = 0; i < json_array_size(missed); i++)
		days[i] = (struct missed_day){ peek(json_array_get(missed, i), "day"), peek(json_array_get(missed, i), "reason") };
	const struct register_input in = {
		.form = form, .year = (int)strtol(month, NULL, 10), .month = (int)strtol(month + 5, NULL, 10),
		.records = (const struct record *const *)all, .count = count, .calendar = calendar_of(input),
		.last_day = peek(input, "last_day"), .missed = days, .missed_count = json_array_size(missed),
		.check_code = peek(input, "check"), .chain_head = peek(input, "chain"),
	};
	if (!report_write_register(layout, &context, &in, target, &failure))
		die("register");
}

static void write_list(const json_t *input, const struct layout *layout, const struct report_target *target)
{
	static const struct report_list_column columns[] = { { "编号", 24, false }, { "标题", 40, false }, { "数", 8, true } };
	const json_int_t rows = json_integer_value(json_object_get(input, "list"));
	struct report_list *list = report_list_new(layout, &context, "台账", columns, 3, target, &failure);

	for (json_int_t i = 1; list != NULL && i <= rows; i++) {
		char number[64], value[32];
		snprintf(number, sizeof(number), "第〔2026〕%" JSON_INTEGER_FORMAT "号", i);
		snprintf(value, sizeof(value), "%" JSON_INTEGER_FORMAT, i);
		const char *const cells[] = { number, i % 2 == 0 ? NULL : "单月", i == 7 ? "007" : value };
		if (!report_list_row(list, cells, &failure))
			die("row");
	}
	if (list == NULL || !report_list_finish(list, &failure))
		die("list");
	report_list_free(&list);
}

/* ---- the layout ---- */

static const struct layout *layout_of(const json_t *input, const struct definition *form, bool month)
{
	struct layout_mistakes mistakes = { 0 };
	const char *path = peek(input, "layout");
	struct layout *layout;

	if (path == NULL && form == NULL)
		return NULL;
	if (path == NULL)
		layout = month ? layout_of_month(YW_SOURCE "/export", form, &failure) : layout_of_form(YW_SOURCE "/export", form, &failure);
	else
		layout = layout_load_file(path, &mistakes);
	if (layout != NULL && form != NULL)
		layout_check(layout, form, &mistakes);
	for (size_t i = 0; i < mistakes.count; i++)
		fprintf(stderr, "%s:%d: %s\n", mistakes.items[i].file, mistakes.items[i].line, mistakes.items[i].text);
	if (layout == NULL || mistakes.count > 0)
		die("layout");
	return layout;
}

static const struct definition *form_of(const json_t *input)
{
	const char *id = peek(input, "form");
	struct mistakes mistakes = { 0 };

	if (id == NULL)
		return NULL;
	char *path = strchr(id, '/') != NULL ? mem_text(id) : str_format("%s/forms/%s.cfg", YW_SOURCE, id);
	const struct definition *form = form_load_file(path, YW_SOURCE "/data", NULL, &mistakes);
	for (size_t i = 0; i < mistakes.count; i++)
		fprintf(stderr, "%s\n", mistake_text(&mistakes.items[i]));
	if (form == NULL)
		exit(1);
	free(path);
	return form;
}

int main(int argc, char **argv)
{
	json_error_t error;
	json_t *input = argc == 3 ? json_load_file(argv[1], 0, &error) : NULL;

	if (input == NULL) {
		fprintf(stderr, "usage: print_pages CASE.json OUT.xlsx\n");
		return 2;
	}
	const struct report_target target = { strcmp(argv[2], "-") == 0 ? NULL : argv[2], stdout };
	const struct definition *form = form_of(input);
	const bool month = json_object_get(input, "month") != NULL, list = json_object_get(input, "list") != NULL;
	context = (struct page_context){
		.office = peek(input, "office"), .printed_by = peek(input, "by"), .printed_utc = instant_of(input, "at"),
		.training = json_is_true(json_object_get(input, "training")), .english = json_is_true(json_object_get(input, "english")),
		.evaluate = evaluate, .data = evaluator_new(NULL, &failure),
	};
	const struct layout *layout = layout_of(input, form, month);
	if (list)
		write_list(input, layout, &target);
	else if (month)
		write_register(input, form, layout, &target);
	else
		write_records(input, form, layout, &target);
	return 0;
}
