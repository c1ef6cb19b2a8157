/* The edit session: every field type with good and bad input, and all that hangs on a change. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/str.h"
#include "form/choices.h"
#include "form/load.h"
#include "form/session.h"

/* ---- a small world ---- */

static int64_t now_utc;

static int64_t world_now(void *context)
{
	(void)context;
	return now_utc;
}

static const struct world_entry people[] = { { "张三", "信息中心" }, { "李四", "办公室" } };
static const struct world_entry assets[] = { { "SRV-01", "数据库服务器" }, { "SW-02", "核心交换机" } };

static bool world_knows(void *context, const struct field *field, const char *text, char **note)
{
	const struct world_entry *entries = field->type == FIELD_ASSET ? assets : people;

	(void)context;
	if (field->type == FIELD_DEPARTMENT)
		return strcmp(text, "信息中心") == 0 || strcmp(text, "办公室") == 0;
	if (field->type == FIELD_REFERENCE)
		return strcmp(text, "测〔2026〕1号") == 0;
	for (int i = 0; i < 2; i++) {
		if (strcmp(entries[i].text, text) != 0)
			continue;
		if (note != NULL)
			*note = str_format("%s", entries[i].note);
		return true;
	}
	return false;
}

static void world_lookup(void *context, const struct field *field,
                         bool (*each)(void *arg, const struct world_entry *entry), void *arg)
{
	const struct world_entry *entries = field->type == FIELD_ASSET ? assets : people;

	(void)context;
	for (int i = 0; i < 2; i++)
		if (!each(arg, &entries[i]))
			return;
}

static const struct form_world world = { .now = world_now, .knows = world_knows, .lookup = world_lookup };

static const struct actor clerk = { .account = 1, .person = "张三", .department = "信息中心", .roles = ROLE_IC_CLERK };
static const struct actor head = { .account = 2, .person = "李四", .department = "信息中心", .roles = ROLE_IC_HEAD };

static struct definition *form;
static struct evaluator *evaluator;

static int set_up(void **state)
{
	struct mistakes mistakes = { .items = NULL };
	struct err err = { .code = ERR_NONE };

	(void)state;
	json_setup();
	assert_true(clock_parse("2026-11-22T09:05+08:00", &now_utc));
	form = form_load_file(YW_SOURCE "/tests/fixtures/forms/good/whole.cfg", YW_SOURCE "/tests/fixtures/forms/data",
	                      NULL, &mistakes);
	for (size_t i = 0; i < mistakes.count; i++)
		print_message("%d: %s\n", mistakes.items[i].line, mistakes.items[i].text);
	assert_non_null(form);
	evaluator = evaluator_new(&world, &err);
	assert_non_null(evaluator);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	evaluator_free(&evaluator);
	definition_free(&form);
	return 0;
}

static struct form_session *open_with(const struct actor *actor, const struct record *record, const json_t *body,
                                      const json_t *last)
{
	struct err err = { .code = ERR_NONE };
	struct form_session *session = form_session_new(&(struct session_start){ .form = form,
	                                                                         .evaluator = evaluator,
	                                                                         .actor = actor,
	                                                                         .record = record,
	                                                                         .body = body,
	                                                                         .last = last },
	                                                &err);

	assert_non_null(session);
	return session;
}

static struct form_session *open_new(void)
{
	return open_with(&clerk, NULL, NULL, NULL);
}

static struct cell at(const struct form_session *session, const char *path)
{
	struct cell cell;

	if (!form_cell_parse(session, path, &cell))
		fail_msg("no cell %s", path);
	return cell;
}

static enum form_set set(struct form_session *session, const char *path, const char *text)
{
	struct err err = { .code = ERR_NONE };

	return form_session_set_text(session, at(session, path), text, &err);
}

static struct cell_view view(const struct form_session *session, const char *path)
{
	struct cell_view view;

	form_session_view(session, at(session, path), &view);
	return view;
}

/* The value at PATH as JSON text, "-" if there is none. */
static void assert_value(const struct form_session *session, const char *path, const char *expected)
{
	const json_t *value = form_session_value(session, at(session, path));
	char *text = value == NULL ? str_format("-") : json_line(value);

	if (strcmp(text, expected) != 0)
		fail_msg("%s is %s, not %s", path, text, expected);
	free(text);
}

static void assert_fault(const struct form_session *session, const char *path, const char *expected)
{
	struct cell_view seen = view(session, path);

	if (expected == NULL && seen.fault != NULL)
		fail_msg("%s has the fault: %s", path, seen.fault);
	if (expected != NULL && (seen.fault == NULL || strstr(seen.fault, expected) == NULL))
		fail_msg("%s has the fault: %s, not: %s", path, seen.fault, expected);
	cell_view_release(&seen);
}

/* ---- field types ---- */

static void every_type_takes_what_is_its_own(void **state)
{
	static const struct {
		const char *path, *typed, *value;
	} cases[] = {
		{ "line", "机房一", "\"机房一\"" },
		{ "line", "a\tb\nc", "\"a b c\"" },
		{ "line", "'; DROP", "\"'; DROP\"" },
		{ "line", "<C>粗</B>", "\"<C>粗</B>\"" },
		{ "line", "👩‍👧e\u0301", "\"👩‍👧e\u0301\"" },
		{ "line", "שלום", "\"שלום\"" },
		{ "words", "第一行\n第二行", "\"第一行\\n第二行\"" },
		{ "kind", " 硬件 ", "\"硬件\"" },
		{ "kind", "Software", "\"软件\"" },
		{ "way", "甲、乙、丙", "[\"甲、乙\",\"丙\"]" },
		{ "way", "丙，甲", "[\"丙\",\"甲\"]" },
		{ "way", "甲,甲", "[\"甲\"]" },
		{ "day", "20261121", "\"2026-11-21\"" },
		{ "day", "２０２６。11。21", "\"2026-11-21\"" },
		{ "day", "昨天", "\"2026-11-21\"" },
		{ "day", "-2", "\"2026-11-20\"" },
		{ "at", "1121 ９０５", "\"2026-11-21T09:05+08:00\"" },
		{ "at", "905", "\"2026-11-22T09:05+08:00\"" },
		{ "clock", "1630", "\"16:30\"" },
		{ "clock", "9：05", "\"09:05\"" },
		{ "count", "１２", "12" },
		{ "count", "12台", "12" },
		{ "count", "0", "0" },
		{ "volts", "221.5", "221.5" },
		{ "volts", "２２１．５ V", "221.5" },
		{ "volts", "221", "221.0" },
		{ "yes", "是", "true" },
		{ "yes", "no", "false" },
		{ "who", "张三", "\"张三\"" },
		{ "team", "张三、李四", "[\"张三\",\"李四\"]" },
		{ "asset", "SRV-01", "\"SRV-01\"" },
		{ "things", "SRV-01，旧电脑", "[\"SRV-01\",\"旧电脑\"]" },
		{ "address", "10。42。3。7", "\"10.42.3.7\"" },
		{ "mac", "aabb.ccdd.ee0f", "\"AA-BB-CC-DD-EE-0F\"" },
		{ "links", "测〔2026〕1号", "[\"测〔2026〕1号\"]" },
		{ "phone", "13800000000", "\"13800000000\"" },
		{ "list.temp", "21.5", "21.5" },
		{ "list.clean", "正常", "\"正常\"" },
	};
	struct form_session *session = open_new();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (set(session, cases[i].path, cases[i].typed) != FORM_SET_VALUE)
			fail_msg("%s: %s was not taken", cases[i].path, cases[i].typed);
		assert_value(session, cases[i].path, cases[i].value);
		if (strcmp(cases[i].path, "line") != 0)
			assert_fault(session, cases[i].path, NULL);
	}
	form_session_free(&session);
}

static void what_is_no_value_is_kept_as_typed(void **state)
{
	static const struct {
		const char *path, *typed, *fault;
	} cases[] = {
		{ "kind", "木件", "not one of the choices" },
		{ "way", "丁", "not one of the choices" },
		{ "day", "2026-02-30", "not a date" },
		{ "day", "下周", "not a date" },
		{ "at", "20261122", "not a date and time" },
		{ "at", "25:00", "not a date and time" },
		{ "clock", "2460", "not a time" },
		{ "count", "1.5", "not a whole number" },
		{ "count", "十二", "not a whole number" },
		{ "count", "99999999999999999999", "too large" },
		{ "volts", "1e3", "not a number" },
		{ "volts", "221.55", "at most 1 digit" },
		{ "volts", "nan", "not a number" },
		{ "volts", "12 34", "not a number" },
		{ "yes", "也许", "neither" },
		{ "address", "10.42.3.256", "not an IPv4" },
		{ "address", "10.42.3", "not an IPv4" },
		{ "mac", "aa-bb-cc-dd-ee", "not a MAC" },
		{ "list.temp", "热", "not a number" },
	};
	struct form_session *session = open_new();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct cell_view seen;

		assert_int_equal(set(session, cases[i].path, cases[i].typed), FORM_SET_RAW);
		assert_value(session, cases[i].path, "-");
		assert_fault(session, cases[i].path, cases[i].fault);
		seen = view(session, cases[i].path);
		assert_true(seen.is_raw);
		assert_string_equal(seen.text, cases[i].typed);
		cell_view_release(&seen);
	}
	/* It outlives the session in the draft, and is gone once it is a value. */
	json_t *draft = form_session_draft(session);
	struct form_session *again = open_with(&clerk, NULL, draft, NULL);
	struct cell_view seen = view(again, "mac");
	assert_string_equal(seen.text, "aa-bb-cc-dd-ee");
	cell_view_release(&seen);
	assert_int_equal(set(again, "mac", "aabbccddeeff"), FORM_SET_VALUE);
	assert_value(again, "mac", "\"AA-BB-CC-DD-EE-FF\"");
	json_decref(draft);
	draft = form_session_body(again);
	assert_null(json_object_get(draft, "_raw"));
	assert_null(json_object_get(json_object_get(draft, "list"), "temp"));
	json_decref(draft);
	form_session_free(&again);
	form_session_free(&session);
}

static void a_value_may_be_wrong_where_it_stands(void **state)
{
	static const struct {
		const char *path, *typed, *fault;
	} cases[] = {
		{ "line", "一", "at least 2" },
		{ "line", "一二三四五六七八九十一", "at most 10" },
		{ "line", "👩‍👧👩‍👧👩‍👧👩‍👧👩‍👧👩‍👧👩‍👧👩‍👧👩‍👧👩‍👧", NULL }, /* ten graphemes */
		{ "at", "明天 905", "不能晚于现在" },
		{ "count", "101", "possible is 0–100" },
		{ "count", "-1", "possible" },
		{ "volts", "501", "possible" },
		{ "who", "王五", "nobody called" },
		{ "team", "张三、王五", "nobody called" },
		{ "asset", "X-1", "no asset" },
		{ "links", "测〔2026〕9号", "no record" },
		{ "phone", "12-34", "六至十一位数字" },
		{ "rows.1.what", "一二三四五六", "at most 5" },
	};
	struct form_session *session = open_new();

	(void)state;
	assert_true(form_session_row_add(session, at(session, "rows").field, 0, NULL));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(set(session, cases[i].path, cases[i].typed), FORM_SET_VALUE);
		assert_fault(session, cases[i].path, cases[i].fault);
	}
	form_session_free(&session);
}

static void no_field_takes_controls_or_a_flood(void **state)
{
	struct form_session *session = open_new();
	char *flood = calloc(1, 1024 * 1024 + 1);

	(void)state;
	memset(flood, 'x', 1024 * 1024);
	for (size_t section = 0; section < 3; section++) {
		struct cell *cells;
		const size_t count = form_session_cells(session, section, &cells);
		const json_t *before = form_session_draft(session);

		for (size_t i = 0; i < count; i++) {
			static const char *const bad[] = { "a\x1b[31mb", "\x7f", "\xff\xfe", "a\u202eb", "\xc2\x85" };
			struct err err = { .code = ERR_NONE };

			for (size_t j = 0; j < sizeof(bad) / sizeof(bad[0]); j++)
				assert_int_equal(form_session_set_text(session, cells[i], bad[j], &err), FORM_SET_REFUSED);
			assert_true(err.text[0] != '\0');
			assert_int_equal(form_session_set_text(session, cells[i], flood, &err), FORM_SET_REFUSED);
		}
		json_t *after = form_session_draft(session);
		assert_true(json_equal(before, after));
		json_decref((json_t *)before);
		json_decref(after);
		free(cells);
	}
	assert_int_equal(form_session_revision(session), 0);
	free(flood);
	form_session_free(&session);
}

/* ---- ranges, check lists ---- */

static void ranges_warn_and_fail(void **state)
{
	static const struct {
		const char *path, *typed;
		enum verdict verdict;
		const char *hint;
	} cases[] = {
		{ "volts", "220", VERDICT_NORMAL, "normal 198.0–242.0" },
		{ "volts", "198", VERDICT_NORMAL, "normal 198.0–242.0" },
		{ "volts", "190", VERDICT_WARN, "beyond the normal 198.0–242.0" },
		{ "volts", "170", VERDICT_FAIL, "abnormal: beyond 180.0–260.0" },
		{ "count", "50", VERDICT_NORMAL, "normal ≤ 50" },
		{ "count", "51", VERDICT_WARN, "beyond the normal ≤ 50" },
		{ "list.temp", "17.9", VERDICT_WARN, "beyond the normal 18.0–27.0" },
		{ "list.temp", "32", VERDICT_WARN, "beyond the normal 18.0–27.0" },
		{ "list.temp", "32.1", VERDICT_FAIL, "abnormal: beyond ≤ 32.0" },
		{ "list.load", "83", VERDICT_FAIL, "abnormal: beyond 0–80" },
	};
	struct form_session *session = open_new();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct cell_view seen;

		set(session, cases[i].path, cases[i].typed);
		seen = view(session, cases[i].path);
		assert_int_equal(seen.verdict, cases[i].verdict);
		assert_string_equal(seen.hint, cases[i].hint);
		cell_view_release(&seen);
	}
	form_session_free(&session);
}

static bool walks_through(const struct form_session *session, size_t section, const char *path)
{
	const struct cell wanted = at(session, path);
	struct cell *cells;
	const size_t count = form_session_cells(session, section, &cells);
	bool found = false;

	for (size_t i = 0; i < count; i++)
		found = found || cell_equal(cells[i], wanted);
	free(cells);
	return found;
}

static void an_item_out_of_order_needs_words(void **state)
{
	const struct transition *submit = &form->workflow.transitions[0];
	struct form_session *session = open_new();
	struct form_fault *faults;
	struct cell_view seen;
	size_t count;
	bool told = false;

	(void)state;
	assert_false(walks_through(session, 1, "list.load.note"));
	set(session, "list.load", "83");
	assert_true(walks_through(session, 1, "list.load.note"));
	seen = view(session, "list.load.note");
	assert_true(seen.required && seen.missing);
	cell_view_release(&seen);
	count = form_session_faults(session, submit, &faults);
	for (size_t i = 0; i < count; i++)
		told = told || cell_equal(faults[i].cell, at(session, "list.load.note"));
	assert_true(told);
	form_faults_free(&faults, count);

	set(session, "list.load.note", "太高");
	assert_fault(session, "list.load.note", "at least 6");
	set(session, "list.load.note", "新增服务器两台");
	assert_fault(session, "list.load.note", NULL);
	/* What is found is put together by a default that follows the items. */
	assert_value(session, "found", "\"负载率\"");
	set(session, "list.leak", "有");
	assert_value(session, "found", "\"负载率；漏水\"");
	set(session, "found", "自己写的");
	set(session, "list.leak", "无");
	assert_value(session, "found", "\"自己写的\"");
	/* A warning needs words only where the form says so. */
	set(session, "list.clean", "未检");
	assert_true(walks_through(session, 1, "list.clean.note"));
	set(session, "list.load", "75");
	set(session, "list.load.note", "");
	assert_false(walks_through(session, 1, "list.load.note"));
	form_session_free(&session);
}

static void all_normal_fills_choices_only(void **state)
{
	struct form_session *session = open_new();

	(void)state;
	set(session, "list.leak", "有");
	assert_int_equal(form_session_all_normal(session, 0), 0);
	assert_int_equal(form_session_all_normal(session, 1), 1);
	assert_value(session, "list.clean", "\"正常\"");
	assert_value(session, "list.leak", "\"有\"");
	assert_value(session, "list.temp", "-");
	assert_value(session, "list.load", "-");
	assert_int_equal(form_session_all_normal(session, SIZE_MAX), 0);
	assert_true(form_session_undo(session, NULL));
	assert_value(session, "list.clean", "-");
	form_session_free(&session);
}

/* ---- conditions, computed values, defaults ---- */

static void conditions_show_and_ask(void **state)
{
	struct form_session *session = open_new();
	struct cell_view seen;
	json_t *body;

	(void)state;
	assert_false(form_session_section_visible(session, 2));
	set(session, "kind", "硬件");
	assert_true(form_session_section_visible(session, 2));
	seen = view(session, "serial");
	assert_true(seen.required && seen.missing);
	cell_view_release(&seen);
	set(session, "serial", "A1");
	assert_value(session, "title", "\"硬件A1\"");

	/* Hidden: kept for the draft, not filed, and nothing for an expression. */
	set(session, "kind", "软件");
	assert_false(form_session_section_visible(session, 2));
	body = form_session_body(session);
	assert_null(json_object_get(body, "serial"));
	json_decref(body);
	body = form_session_draft(session);
	assert_string_equal(json_text(body, "serial"), "A1");
	json_decref(body);
	set(session, "kind", "硬件");
	assert_value(session, "title", "\"硬件A1\"");

	/* An item that another one opens. */
	assert_false(walks_through(session, 1, "list.where"));
	set(session, "list.leak", "有");
	assert_true(walks_through(session, 1, "list.where"));
	seen = view(session, "list.where");
	assert_true(seen.required);
	cell_view_release(&seen);
	/* A reading may be left out if the note says why. */
	seen = view(session, "list.temp");
	assert_true(seen.required);
	cell_view_release(&seen);
	set(session, "list.temp.note", "温度计损坏送修");
	seen = view(session, "list.temp");
	assert_false(seen.required);
	cell_view_release(&seen);
	form_session_free(&session);
}

static void choices_follow_another_field(void **state)
{
	struct form_session *session = open_new();
	struct options options;

	(void)state;
	form_cell_choices(session, at(session, "sort"), &options);
	assert_int_equal(options.count, 4);
	options_release(&options);
	set(session, "kind", "软件");
	form_cell_choices(session, at(session, "sort"), &options);
	assert_int_equal(options.count, 2);
	assert_string_equal(options.items[0].text, "系统");
	options_release(&options);
	set(session, "sort", "主机");
	assert_fault(session, "sort", "does not belong");
	set(session, "kind", "硬件");
	assert_fault(session, "sort", NULL);

	form_cell_choices(session, at(session, "team"), &options);
	assert_true(options.many);
	assert_int_equal(options.count, 2);
	assert_true(options.items[0].chosen);
	assert_false(options.items[1].chosen);
	assert_string_equal(options.items[1].note, "办公室");
	options_release(&options);
	form_cell_choices(session, at(session, "yes"), &options);
	assert_int_equal(options.count, 2);
	assert_int_equal(set(session, "yes", options.items[0].text), FORM_SET_VALUE);
	assert_value(session, "yes", "true");
	options_release(&options);
	form_cell_choices(session, at(session, "line"), &options);
	assert_int_equal(options.count, 0);
	form_session_free(&session);
}

static void computed_fields_follow(void **state)
{
	struct form_session *session = open_new();
	const int rows = at(session, "rows").field;

	(void)state;
	assert_true(form_session_row_add(session, rows, 0, NULL));
	set(session, "rows.1.amount", "3");
	assert_value(session, "rows.1.sum", "-");
	set(session, "rows.1.price", "20.50");
	assert_value(session, "rows.1.sum", "61.5");
	assert_value(session, "total", "61.5");
	assert_value(session, "grade", "\"低\"");
	assert_int_equal(set(session, "rows.1.sum", "1"), FORM_SET_REFUSED);
	assert_int_equal(set(session, "total", "1"), FORM_SET_REFUSED);
	/* A column that the sum opens. */
	assert_false(walks_through(session, 1, "rows.1.why"));
	set(session, "rows.1.amount", "30");
	assert_true(walks_through(session, 1, "rows.1.why"));
	assert_value(session, "grade", "\"高\"");
	/* A suggestion may be overruled until what it uses changes. */
	assert_int_equal(set(session, "grade", "低"), FORM_SET_VALUE);
	set(session, "line", "别的");
	assert_value(session, "grade", "\"低\"");
	set(session, "rows.1.amount", "31");
	assert_value(session, "grade", "\"高\"");
	form_session_free(&session);
}

static void defaults_come_once_and_can_be_cleared(void **state)
{
	struct form_session *session = open_new(), *again;
	json_t *draft;

	(void)state;
	assert_value(session, "day", "\"2026-11-22\"");
	assert_value(session, "at", "\"2026-11-22T09:05+08:00\"");
	assert_value(session, "team", "[\"张三\"]");
	assert_value(session, "dept", "\"信息中心\"");
	set(session, "day", "");
	assert_value(session, "day", "-");
	set(session, "kind", "硬件");
	assert_value(session, "day", "-");
	draft = form_session_draft(session);
	again = open_with(&clerk, NULL, draft, NULL);
	assert_value(again, "day", "-");
	assert_value(again, "at", "\"2026-11-22T09:05+08:00\"");
	/* Time passes; what was there before stays. */
	now_utc += 600;
	form_session_refresh(again);
	assert_value(again, "at", "\"2026-11-22T09:05+08:00\"");
	now_utc -= 600;
	json_decref(draft);
	form_session_free(&again);
	form_session_free(&session);
}

static void counts_and_facts_are_followed(void **state)
{
	struct form_session *session = open_new();

	(void)state;
	/* Temperature, load, clean, leak; what the item "leak" opens counts from then on. */
	assert_value(session, "left", "4");
	set(session, "list.load", "41");
	assert_value(session, "left", "3");
	set(session, "list.leak", "有");
	assert_value(session, "left", "3");
	set(session, "list.temp.note", "温度计损坏送修");
	assert_value(session, "left", "2");
	set(session, "left", "7");
	set(session, "list.clean", "正常");
	assert_value(session, "left", "7");
	/* Whether it is late follows from when it happened. */
	assert_false(walks_through(session, 1, "late_why"));
	set(session, "at", "昨天 905");
	assert_true(walks_through(session, 1, "late_why"));
	set(session, "at", "900");
	assert_false(walks_through(session, 1, "late_why"));
	form_session_free(&session);
}

/* ---- tables ---- */

static void rows_come_and_go(void **state)
{
	struct form_session *session = open_new();
	const int rows = at(session, "rows").field;
	struct err err = { .code = ERR_NONE };

	(void)state;
	assert_int_equal(form_session_row_count(session, rows), 0);
	for (size_t i = 0; i < 3; i++)
		assert_true(form_session_row_add(session, rows, i, &err));
	assert_false(form_session_row_add(session, rows, 3, &err));
	assert_non_null(strstr(err.text, "more than 3"));
	set(session, "rows.1.what", "一");
	set(session, "rows.2.what", "二");
	set(session, "rows.2.amount", "两");
	set(session, "rows.3.what", "三");
	assert_true(form_session_row_move(session, rows, 1, 0, &err));
	assert_value(session, "rows.1.what", "\"二\"");
	/* What was typed and is no value moves along with its row. */
	assert_fault(session, "rows.1.amount", "not a whole number");
	assert_true(form_session_row_remove(session, rows, 1, &err));
	assert_value(session, "rows.2.what", "\"三\"");
	assert_false(form_session_row_remove(session, rows, 2, &err));
	assert_true(form_session_undo(session, NULL));
	assert_value(session, "rows.2.what", "\"一\"");
	set(session, "rows.1.when", "1000");
	set(session, "rows.2.when", "900");
	assert_fault(session, "rows", "时间应先后排列");
	set(session, "rows.2.when", "1001");
	assert_fault(session, "rows", NULL);
	assert_int_equal(set(session, "line", "x"), FORM_SET_VALUE);
	form_session_free(&session);
}

/* ---- as last time ---- */

static json_t *last_body(void)
{
	json_t *last = json_loads("{\"line\":\"上次行\",\"words\":\"上次话\",\"kind\":\"硬件\",\"volts\":219.5,"
	                          "\"list\":{\"temp\":{\"value\":21.0},\"clean\":{\"value\":\"正常\"}},"
	                          "\"rows\":[{\"what\":\"甲\",\"when\":\"08:00\",\"amount\":3},"
	                          "{\"what\":\"乙\",\"amount\":4}]}",
	                          0, NULL);

	assert_non_null(last);
	return last;
}

static void the_copy_policy_is_kept(void **state)
{
	json_t *last = last_body();
	struct form_session *session = open_with(&clerk, NULL, NULL, last);
	struct err err = { .code = ERR_NONE };
	struct cell_view seen;

	(void)state;
	assert_value(session, "line", "\"上次行\"");
	assert_value(session, "words", "-");
	assert_value(session, "kind", "\"硬件\"");
	assert_value(session, "volts", "-");
	assert_value(session, "list.temp", "-");
	assert_value(session, "rows.1.what", "\"甲\"");
	assert_value(session, "rows.1.when", "-");
	assert_value(session, "rows.2.amount", "-");
	seen = view(session, "volts");
	assert_string_equal(seen.last, "219.5");
	cell_view_release(&seen);
	seen = view(session, "list.temp");
	assert_string_equal(seen.last, "21.0");
	cell_view_release(&seen);
	seen = view(session, "line");
	assert_string_equal(seen.last, "");
	cell_view_release(&seen);
	/* A row is known again by what came along, wherever it stands now. */
	assert_true(form_session_row_move(session, at(session, "rows").field, 1, 0, &err));
	seen = view(session, "rows.1.amount");
	assert_string_equal(seen.last, "4");
	cell_view_release(&seen);

	assert_true(form_session_same_as_last(session, at(session, "words"), &err));
	assert_value(session, "words", "\"上次话\"");
	assert_false(form_session_same_as_last(session, at(session, "volts"), &err));
	assert_non_null(strstr(err.text, "anew"));
	assert_value(session, "volts", "-");
	assert_false(form_session_same_as_last(session, at(session, "mac"), &err));
	assert_true(form_session_same_as_last(session, at(session, "list.clean"), &err));
	assert_value(session, "list.clean", "\"正常\"");
	form_session_free(&session);
	json_decref(last);
}

/* ---- faults, submission ---- */

static void fill(struct form_session *session)
{
	static const char *const cells[][2] = {
		{ "line", "机房" },     { "kind", "软件" },    { "list.temp", "21.0" }, { "list.load", "41" },
		{ "list.clean", "正常" }, { "list.leak", "无" },
	};

	for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++)
		assert_int_equal(set(session, cells[i][0], cells[i][1]), FORM_SET_VALUE);
	assert_true(form_session_row_add(session, at(session, "rows").field, 0, NULL));
	assert_int_equal(set(session, "rows.1.what", "电源"), FORM_SET_VALUE);
}

static void a_submission_tells_all_that_is_missing(void **state)
{
	static const char *const expected[] = { "Line: must", "Kind: must",  "Volts: cannot", "Temperature: must",
						"Load: must", "Clean: must", "Leak: must",    "Rows: there are too few" };
	const struct transition *submit = &form->workflow.transitions[0];
	struct form_session *session = open_new();
	struct form_fault *faults;
	size_t count;

	(void)state;
	set(session, "volts", "700");
	count = form_session_faults(session, submit, &faults);
	for (size_t i = 0; i < count; i++)
		if (i >= sizeof(expected) / sizeof(expected[0]) || strstr(faults[i].text, expected[i]) != faults[i].text)
			fail_msg("fault %zu is: %s", i, faults[i].text);
	assert_int_equal(count, sizeof(expected) / sizeof(expected[0]));
	assert_true(cell_equal(faults[2].cell, at(session, "volts")));
	form_faults_free(&faults, count);
	assert_false(form_session_may_pass(session, submit));

	fill(session);
	assert_false(form_session_may_pass(session, submit));
	set(session, "volts", "");
	set(session, "count", "13");
	count = form_session_faults(session, submit, &faults);
	assert_int_equal(count, 1);
	assert_true(faults[0].is_warning);
	form_faults_free(&faults, count);
	assert_true(form_session_may_pass(session, submit));
	form_session_free(&session);
}

static void what_no_field_takes_is_told(void **state)
{
	json_t *body = json_loads("{\"line\":\"机房\",\"lime\":1,\"count\":\"12\",\"at\":\"2026-11-22 08:00\","
	                          "\"volts\":220,\"who\":[1],\"rows\":[{\"what\":\"x\",\"amount\":\"7\"}]}",
	                          0, NULL);
	struct form_session *session = open_with(&clerk, NULL, body, NULL);
	struct form_fault *faults;
	const size_t count = form_session_faults(session, NULL, &faults);

	(void)state;
	/* What another program wrote is read as if typed. */
	assert_value(session, "count", "12");
	assert_value(session, "at", "\"2026-11-22T08:00+08:00\"");
	assert_value(session, "volts", "220.0");
	assert_value(session, "rows.1.amount", "7");
	assert_int_equal(count, 2);
	assert_non_null(strstr(faults[0].text, "type person"));
	assert_non_null(strstr(faults[1].text, "no field \"lime\""));
	form_faults_free(&faults, count);
	form_session_free(&session);
	json_decref(body);
}

static void rows_and_items_must_be_what_they_are(void **state)
{
	static const struct {
		const char *body, *path, *told;
	} cases[] = {
		{ "{\"rows\":[\"x\"]}", "rows", "must be an object" },
		{ "{\"rows\":[{\"what\":\"a\",\"wat\":1}]}", "rows", "no column \"wat\"" },
		{ "{\"rows\":[{},{},{},{}]}", "rows", "at most 3 rows" },
		{ "{\"rows\":{\"what\":\"a\"}}", "rows", "type table" },
		{ "{\"rows\":\"text\"}", "rows", "cell by cell" },
		{ "{\"list\":{\"tmp\":{}}}", "list", "no item \"tmp\"" },
		{ "{\"list\":{\"temp\":21}}", "list", "object of value and note" },
		{ "{\"list\":{\"temp\":{\"val\":21}}}", "list", "object of value and note" },
		{ "{\"list\":[1]}", "list", "type checklist" },
		{ "{\"list\":{\"temp\":{\"value\":[21]}}}", "list.temp", "type decimal" },
		{ "{\"team\":[\"张三\",3]}", "team", "not a list of texts" },
		{ "{\"day\":7}", "day", "type date" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		json_t *body = json_loads(cases[i].body, 0, NULL);
		struct form_session *session = open_with(&clerk, NULL, body, NULL);

		assert_fault(session, cases[i].path, cases[i].told);
		form_session_free(&session);
		json_decref(body);
	}
}

static struct record *record_in(const char *state)
{
	struct record *record = calloc(1, sizeof(struct record));

	record->id = 7;
	record->author = 1;
	record->form = str_format("whole");
	record->state = str_format("%s", state);
	record->number = str_format("测〔2026〕1号");
	record->department = str_format("信息中心");
	record->applicant = str_format("张三");
	record->body = json_loads("{\"line\":\"机房\",\"team\":[\"张三\"],\"at\":\"2026-11-22T08:00+08:00\","
	                          "\"serial\":\"hidden but filed\"}",
	                          0, NULL);
	return record;
}

static void a_decision_has_its_own_door(void **state)
{
	const struct workflow *workflow = &form->workflow;
	struct record *record = record_in("review");
	struct form_session *session = open_with(&head, record, NULL, NULL);
	struct err err = { .code = ERR_NONE };
	struct form_fault *faults;
	struct cell_view seen;
	json_t *body;
	size_t count;

	(void)state;
	seen = view(session, "line");
	assert_true(seen.read_only);
	cell_view_release(&seen);
	assert_int_equal(set(session, "line", "改"), FORM_SET_REFUSED);
	assert_true(form_session_section_visible(session, 3));
	assert_null(form_session_transition(session, "submit"));

	/* The first whose `when` holds; until then the other one, with what it requires. */
	assert_ptr_equal(form_session_transition(session, "agree"), &workflow->transitions[2]);
	count = form_session_faults(session, &workflow->transitions[2], &faults);
	assert_int_equal(count, 2);
	assert_non_null(strstr(faults[0].text, "Level: must"));
	assert_non_null(strstr(faults[1].text, "须为小组成员"));
	assert_int_equal(faults[1].cell.part, CELL_NONE);
	form_faults_free(&faults, count);
	set(session, "level", "一般");
	assert_ptr_equal(form_session_transition(session, "agree"), &workflow->transitions[1]);
	assert_true(form_session_may_pass(session, &workflow->transitions[1]));

	for (size_t i = 0; i < workflow->transitions[1].effect_count; i++)
		assert_true(form_session_apply_effect(session, &workflow->transitions[1].effects[i], "照办", &err));
	assert_value(session, "rev", "\"李四\"");
	assert_value(session, "rev_at", "\"2026-11-22T09:05+08:00\"");
	assert_value(session, "rev_note", "\"照办\"");
	body = form_session_body(session);
	assert_string_equal(json_text(body, "rev"), "李四");
	/* What was filed before is none of this step's business, shown or not. */
	assert_string_equal(json_text(body, "serial"), "hidden but filed");
	json_decref(body);
	assert_true(form_session_apply_effect(session, &workflow->transitions[3].effects[0], NULL, &err));
	assert_value(session, "level", "-");
	form_session_free(&session);
	record_free(&record);
}

static void the_author_of_a_filed_record_reads_only(void **state)
{
	struct record *record = record_in("filed");
	struct form_session *session = open_with(&clerk, record, NULL, NULL);
	json_t *draft = form_session_draft(session);

	(void)state;
	/* Opening changes nothing: no default, nothing computed. */
	assert_true(json_equal(draft, record->body));
	assert_int_equal(set(session, "line", "x"), FORM_SET_REFUSED);
	assert_false(form_session_row_add(session, at(session, "rows").field, 0, NULL));
	assert_int_equal(form_session_all_normal(session, SIZE_MAX), 0);
	json_decref(draft);
	form_session_free(&session);
	record_free(&record);
}

static void another_form_begins_with_what_this_one_knows(void **state)
{
	struct form_session *session = open_new();
	const struct follow *follow = definition_follow(form, "whole");
	struct err err = { .code = ERR_NONE };
	json_t *presets;

	(void)state;
	assert_non_null(follow);
	assert_false(form_session_follows(session, follow));
	set(session, "list.load", "99");
	set(session, "line", "机房");
	assert_true(form_session_follows(session, follow));
	presets = form_session_presets(session, follow, &err);
	assert_non_null(presets);
	assert_string_equal(json_text(presets, "line"), "续 机房");
	assert_null(json_object_get(presets, "who"));
	/* Arrays come as JSON text and are read when the new record is opened. */
	struct form_session *next = open_with(&clerk, NULL, presets, NULL);
	assert_value(next, "line", "\"续 机房\"");
	assert_value(next, "way", "[\"甲\"]");
	assert_value(next, "day", "\"2026-11-22\"");
	json_decref(presets);
	form_session_free(&next);
	form_session_free(&session);
}

/* ---- the rest ---- */

static void changes_can_be_taken_back(void **state)
{
	struct form_session *session = open_new();
	struct cell where;

	(void)state;
	assert_false(form_session_undo(session, &where));
	set(session, "line", "一一");
	set(session, "line", "一一");
	assert_int_equal(form_session_revision(session), 1);
	set(session, "kind", "硬件");
	assert_true(form_session_undo(session, &where));
	assert_true(cell_equal(where, at(session, "kind")));
	assert_value(session, "kind", "-");
	assert_false(form_session_section_visible(session, 2));
	assert_true(form_session_redo(session, &where));
	assert_value(session, "kind", "\"硬件\"");
	assert_false(form_session_redo(session, &where));
	assert_true(form_session_undo(session, &where));
	set(session, "kind", "软件");
	assert_false(form_session_redo(session, &where));
	for (int i = 0; i < 300; i++)
		set(session, "words", i % 2 == 0 ? "单" : "双");
	for (int i = 0; i < 100; i++)
		assert_true(form_session_undo(session, &where));
	assert_false(form_session_undo(session, &where));
	form_session_free(&session);
}

static void cells_have_paths(void **state)
{
	static const char *const good[] = { "line", "list.temp", "list.temp.note", "rows.2.what" };
	static const char *const bad[] = { "", "lime", "line.x", "list.x", "list.temp.x", "rows.0.what", "rows.x.what",
					   "rows.1.x", "rows.99999.what", "..", "rows." };
	struct form_session *session = open_new();
	struct cell cell;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		char *path;

		assert_true(form_cell_parse(session, good[i], &cell));
		path = form_cell_path(session, cell);
		assert_string_equal(path, good[i]);
		free(path);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (form_cell_parse(session, bad[i], &cell))
			fail_msg("%s was read", bad[i]);
	assert_int_equal(set(session, "rows.2.what", "无"), FORM_SET_REFUSED);
	form_session_free(&session);
}

static void what_stands_beside_the_body(void **state)
{
	struct record *record = record_in("review");
	struct form_session *session = open_with(&head, record, NULL, NULL);
	struct form_timer *timers;
	struct form_completion completion;
	char *text;

	(void)state;
	text = form_session_title(session);
	assert_string_equal(text, "测试 机房");
	free(text);
	text = form_session_department(session);
	assert_string_equal(text, "信息中心");
	free(text);
	assert_int_equal(form_session_occurred(session), now_utc - 65 * 60);
	text = form_search_text(form, record->body);
	assert_string_equal(text, "机房\nhidden but filed\n");
	free(text);
	assert_int_equal(form_session_timers(session, &timers), 1);
	assert_int_equal(timers[0].due_utc, 0);
	free(timers);
	set(session, "level", "重大");
	assert_int_equal(form_session_timers(session, &timers), 2);
	assert_int_equal(timers[1].due_utc, now_utc - 65 * 60 + 240 * 60);
	assert_false(timers[1].is_done);
	free(timers);
	completion = form_session_completion(session, 3);
	assert_int_equal(completion.fields, 4);
	assert_int_equal(completion.filled, 1);
	form_session_free(&session);
	record_free(&record);

	session = open_new();
	completion = form_session_completion(session, 0);
	assert_int_equal(completion.required, 3);
	assert_int_equal(completion.required_filled, 1);
	fill(session);
	completion = form_session_completion(session, 0);
	assert_int_equal(completion.required_filled, 3);
	form_session_free(&session);
}

static void values_can_come_as_json(void **state)
{
	struct form_session *session = open_new();
	struct err err = { .code = ERR_NONE };
	json_t *value = json_loads("[{\"what\":\"电源\",\"amount\":\"3\",\"price\":2}]", 0, NULL);
	json_t *evil = json_loads("[{\"what\":\"a\\u001bb\"}]", 0, NULL);

	(void)state;
	assert_int_equal(form_session_set_value(session, at(session, "rows"), value, &err), FORM_SET_VALUE);
	assert_value(session, "rows.1.amount", "3");
	assert_value(session, "rows.1.sum", "6.0");
	assert_int_equal(form_session_set_value(session, at(session, "rows"), evil, &err), FORM_SET_REFUSED);
	json_decref(value);
	value = json_integer(12);
	assert_int_equal(form_session_set_value(session, at(session, "count"), value, &err), FORM_SET_VALUE);
	assert_value(session, "count", "12");
	json_decref(value);
	value = json_true();
	assert_int_equal(form_session_set_value(session, at(session, "yes"), value, &err), FORM_SET_VALUE);
	assert_value(session, "yes", "true");
	assert_int_equal(form_session_set_value(session, at(session, "count"), value, &err), FORM_SET_VALUE);
	assert_fault(session, "count", "type integer");
	json_decref(evil);
	form_session_free(&session);
}

static void another_persons_change_is_taken_in(void **state)
{
	struct record *record = record_in("review");
	struct form_session *session = open_with(&head, record, NULL, NULL);
	struct err err = { .code = ERR_NONE };

	(void)state;
	set(session, "level", "一般");
	json_object_set_new(record->body, "level", json_string("重大"));
	assert_true(form_session_rebase(session, record, NULL, &err));
	assert_value(session, "level", "\"重大\"");
	assert_false(form_session_undo(session, NULL));
	free(record->state);
	record->state = str_format("elsewhere");
	assert_false(form_session_rebase(session, record, NULL, &err));
	form_session_free(&session);
	record_free(&record);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_type_takes_what_is_its_own),
		cmocka_unit_test(what_is_no_value_is_kept_as_typed),
		cmocka_unit_test(a_value_may_be_wrong_where_it_stands),
		cmocka_unit_test(no_field_takes_controls_or_a_flood),
		cmocka_unit_test(ranges_warn_and_fail),
		cmocka_unit_test(an_item_out_of_order_needs_words),
		cmocka_unit_test(all_normal_fills_choices_only),
		cmocka_unit_test(conditions_show_and_ask),
		cmocka_unit_test(choices_follow_another_field),
		cmocka_unit_test(computed_fields_follow),
		cmocka_unit_test(defaults_come_once_and_can_be_cleared),
		cmocka_unit_test(counts_and_facts_are_followed),
		cmocka_unit_test(rows_come_and_go),
		cmocka_unit_test(the_copy_policy_is_kept),
		cmocka_unit_test(a_submission_tells_all_that_is_missing),
		cmocka_unit_test(what_no_field_takes_is_told),
		cmocka_unit_test(rows_and_items_must_be_what_they_are),
		cmocka_unit_test(a_decision_has_its_own_door),
		cmocka_unit_test(the_author_of_a_filed_record_reads_only),
		cmocka_unit_test(another_form_begins_with_what_this_one_knows),
		cmocka_unit_test(changes_can_be_taken_back),
		cmocka_unit_test(cells_have_paths),
		cmocka_unit_test(what_stands_beside_the_body),
		cmocka_unit_test(values_can_come_as_json),
		cmocka_unit_test(another_persons_change_is_taken_in),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
