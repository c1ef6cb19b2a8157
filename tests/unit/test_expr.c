/* Expressions: what they can say, and that they can do nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/str.h"
#include "form/expr.h"

/* ---- a small world ---- */

static bool in_center(void *context, const char *person)
{
	(void)context;
	return strcmp(person, "张三") == 0;
}

static const char *department_of(void *context, const char *person)
{
	(void)context;
	return strcmp(person, "张三") == 0 ? "信息中心" : NULL;
}

static const char *phone_of(void *context, const char *person)
{
	(void)context;
	return strcmp(person, "张三") == 0 ? "8001" : NULL;
}

static const char *asset_name(void *context, const char *number)
{
	(void)context;
	return strcmp(number, "SRV-01") == 0 ? "数据库服务器" : NULL;
}

/* 2026-11-22 is a Sunday that this calendar lets people work. */
static bool is_workday(void *context, int64_t days)
{
	(void)context;
	return days == clock_days(2026, 11, 22) || clock_weekday(days) <= 5;
}

static const struct form_world world = {
	.in_center = in_center,
	.department_of = department_of,
	.phone_of = phone_of,
	.asset_name = asset_name,
	.is_workday = is_workday,
};

static struct evaluator *evaluator;
static json_t *names; /* what :name is bound to */

static int set_up(void **state)
{
	struct err err = { .code = ERR_NONE };

	(void)state;
	json_setup();
	evaluator = evaluator_new(&world, &err);
	assert_non_null(evaluator);
	names = json_loads("{\"text\":\"机房\",\"blank\":\"  \",\"number\":21.5,\"whole\":3,\"yes\":true,\"no\":false,"
	                   "\"none\":null,\"many\":[\"张三\",\"李四\"],\"empty\":[],"
	                   "\"rows\":[{\"when\":\"08:00\",\"n\":1},{\"when\":\"09:00\"},{\"when\":\"09:00\",\"n\":3}],"
	                   "\"mixed\":[{\"when\":\"09:00\"},{\"when\":\"08:00\"}],"
	                   "\"items\":{\"temp\":{\"value\":33.5},\"load\":{\"value\":1}},"
	                   "\"at\":\"2026-11-22T09:05+08:00\",\"evil\":\"'; DROP TABLE x; --\"}",
	                   0, NULL);
	assert_non_null(names);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	json_decref(names);
	evaluator_free(&evaluator);
	return 0;
}

static json_t *lookup(void *context, const char *name)
{
	(void)context;
	return json_incref(json_object_get(names, name));
}

/* The value of TEXT as JSON text; the error if it fails. Caller frees. */
static char *evaluate(const char *text)
{
	struct err err = { .code = ERR_NONE };
	struct expression *expression = expression_get(evaluator, text, &err);
	json_t *value = NULL;
	char *result;

	if (expression == NULL || !expression_value(expression, lookup, NULL, &value, &err))
		return str_format("! %s", err.text);
	result = json_line(value);
	json_decref(value);
	return result;
}

struct example {
	const char *expression, *value;
};

static void assert_examples(const struct example *examples, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char *value = evaluate(examples[i].expression);

		if (strcmp(value, examples[i].value) != 0)
			fail_msg("%s is %s, not %s", examples[i].expression, value, examples[i].value);
		free(value);
	}
}

#define ASSERT_EXAMPLES(examples) assert_examples(examples, sizeof(examples) / sizeof(examples[0]))

static void values_are_bound_by_their_kind(void **state)
{
	static const struct example examples[] = {
		{ ":text || '一'", "\"机房一\"" },
		{ ":number * 2", "43.0" },
		{ ":whole + 1", "4" },
		{ ":yes", "1" },
		{ ":no", "0" },
		{ ":none IS NULL AND :blank IS NULL AND :empty IS NULL AND :nowhere IS NULL", "1" },
		{ ":many", "\"[\\\"张三\\\",\\\"李四\\\"]\"" },
		{ "json_extract(:items, '$.temp.value')", "33.5" },
		{ ":evil", "\"'; DROP TABLE x; --\"" },
		{ "(SELECT group_concat(value, '、') FROM json_each(:many))", "\"张三、李四\"" },
		{ "(SELECT count(*) FROM json_tree(:rows) WHERE key = 'n')", "2" },
		{ "EXISTS (SELECT 1 FROM json_each(:many) WHERE NOT in_center(value))", "1" },
		{ "CASE :text WHEN '机房' THEN 'x' END", "\"x\"" },
		{ "NULL", "null" },
		{ "(SELECT 1 WHERE 0)", "null" },
		{ "9e999", "null" },
		{ "x'00ff'", "null" },
		{ "substr(:at, 1, 10)", "\"2026-11-22\"" },
		{ "date('2026-11-22', '+1 days')", "\"2026-11-23\"" },
		{ "1 /* a comment */ + 1 -- and another", "2" },
	};

	(void)state;
	ASSERT_EXAMPLES(examples);
}

static void our_functions_answer(void **state)
{
	static const struct example examples[] = {
		{ "chars('机房👩‍👧e\u0301')", "4" },
		{ "chars(NULL)", "0" },
		{ "chars(CAST(x'DB' AS TEXT))", "0" },
		{ "in_center('张三')", "1" },
		{ "in_center('李四')", "0" },
		{ "in_center(NULL)", "0" },
		{ "dept_of('张三')", "\"信息中心\"" },
		{ "dept_of('李四')", "null" },
		{ "phone_of('张三')", "\"8001\"" },
		{ "phone_of(NULL)", "null" },
		{ "asset_name('SRV-01')", "\"数据库服务器\"" },
		{ "asset_name('旧电脑')", "\"旧电脑\"" },
		{ "asset_name(NULL)", "null" },
		{ "rows(:rows)", "3" },
		{ "rows(:items)", "2" },
		{ "rows(NULL)", "0" },
		{ "rows('text')", "null" },
		{ "has(:many, '李四')", "1" },
		{ "has(:many, '李')", "0" },
		{ "has(:text, '机房')", "1" },
		{ "has(NULL, 'x')", "0" },
		{ "has(:many, NULL)", "0" },
		{ "ascending(:rows, 'when')", "1" },
		{ "ascending(:rows, 'n')", "1" },
		{ "ascending(:mixed, 'when')", "0" },
		{ "ascending(NULL, 'when')", "1" },
		{ "all_filled(:rows, 'when')", "1" },
		{ "all_filled(:rows, 'n')", "0" },
		{ "minutes_between(:at, '2026-11-22T10:00+08:00')", "55" },
		{ "minutes_between(:at, '2026-11-22T01:00:00Z')", "-5" },
		{ "minutes_between(:at, 'soon')", "null" },
		{ "minutes_between(NULL, :at)", "null" },
		{ "workday('2026-11-22')", "1" },
		{ "workday(:at)", "1" },
		{ "workday('2026-11-21')", "0" },
		{ "workday('2026-02-30')", "null" },
		{ "workday('x')", "null" },
		{ "workday(NULL)", "null" },
	};

	(void)state;
	ASSERT_EXAMPLES(examples);
}

static void nothing_else_can_be_done(void **state)
{
	static const struct {
		const char *expression, *told;
	} cases[] = {
		{ "(SELECT name FROM sqlite_master)", "prohibited" },
		{ "(SELECT name FROM sqlite_schema)", "prohibited" },
		{ "(SELECT * FROM pragma_database_list)", "" },
		{ "(SELECT * FROM pragma_table_list)", "" },
		{ "1); ATTACH '/tmp/x' AS x; SELECT (1", "more than one" },
		{ "1); CREATE TABLE t(x); SELECT (1", "more than one" },
		{ "1) UNION SELECT (sql) FROM sqlite_master WHERE (1", "prohibited" },
		{ "load_extension('x')", "not authorized" },
		{ "LOAD_EXTENSION('x')", "not authorized" },
		{ "randomblob(1000)", "not authorized" },
		{ "zeroblob(1000000000)", "not authorized" },
		{ "readfile('/etc/passwd')", "no such function" },
		{ "writefile('/tmp/x', 'x')", "no such function" },
		{ "fts3_tokenizer('x')", "" },
		{ "(WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t)", "not authorized" },
		{ "\"a name\"", "no such column" },
		{ "text", "no such column" },
		{ "'open", "unrecognized" },
		{ "", "syntax" },
		{ "1,", "syntax" },
		{ "1, 2", "row value" },
		{ "1) , (2", "more than one" },
		{ "?", "written :key" },
		{ "$x", "written :key" },
		{ "@x", "written :key" },
		{ "RAISE(ABORT, 'x')", "RAISE" },
		{ "nosuch(1)", "no such function" },
		{ "chars(1, 2)", "wrong number" },
		{ "/* open", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *value = evaluate(cases[i].expression);

		if (*value != '!' || strstr(value, cases[i].told) == NULL)
			fail_msg("%s gives %s, not the refusal: %s", cases[i].expression, value, cases[i].told);
		free(value);
	}
}

/* What would take for ever is stopped, what would fill the memory refused, and the next is evaluated as ever. */
static void runaways_are_stopped(void **state)
{
	static const char *const runaways[] = {
		"(SELECT count(*) FROM json_each('[1,2,3,4,5,6,7,8,9,0]') a, json_each('[1,2,3,4,5,6,7,8,9,0]') b,"
		" json_each('[1,2,3,4,5,6,7,8,9,0]') c, json_each('[1,2,3,4,5,6,7,8,9,0]') d,"
		" json_each('[1,2,3,4,5,6,7,8,9,0]') e, json_each('[1,2,3,4,5,6,7,8,9,0]') f,"
		" json_each('[1,2,3,4,5,6,7,8,9,0]') g, json_each('[1,2,3,4,5,6,7,8,9,0]') h)",
		"printf('%2000000d', 1)",
		"replace(printf('%1000000d', 1), ' ', 'xxxxxxxxxx')",
		"hex(printf('%900000d', 1))",
	};
	struct str deep = STR_INIT, longest = STR_INIT;
	char *value;

	(void)state;
	for (size_t i = 0; i < sizeof(runaways) / sizeof(runaways[0]); i++) {
		const int64_t begun = clock_monotonic_ms();

		value = evaluate(runaways[i]);
		/* SQLite's printf gives NULL where others fail. */
		if (*value != '!' && strcmp(value, "null") != 0)
			fail_msg("%s gives %.60s", runaways[i], value);
		free(value);
		assert_true(clock_monotonic_ms() - begun < 5000);
	}
	str_add_repeat(&deep, "(", 5000);
	value = evaluate(str_text(&deep));
	assert_int_equal(*value, '!');
	free(value);
	str_add_repeat(&longest, "1+", 40000);
	value = evaluate(str_text(&longest));
	assert_int_equal(*value, '!');
	free(value);
	str_release(&deep);
	str_release(&longest);
	value = evaluate("1 + 1");
	assert_string_equal(value, "2");
	free(value);
}

static void truth_has_three_values(void **state)
{
	static const struct {
		const char *expression;
		enum truth truth;
	} cases[] = {
		{ "1", TRUTH_TRUE },       { "0", TRUTH_FALSE },         { "NULL", TRUTH_NULL },
		{ "0.5", TRUTH_TRUE },     { "'1'", TRUTH_TRUE },        { "'x'", TRUTH_FALSE },
		{ ":none > 1", TRUTH_NULL }, { ":text = '机房'", TRUTH_TRUE }, { ":number > 30", TRUTH_FALSE },
	};
	struct err err = { .code = ERR_NONE };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		enum truth truth;

		assert_true(expression_truth(expression_get(evaluator, cases[i].expression, &err), lookup, NULL, &truth,
		                             &err));
		assert_int_equal(truth, cases[i].truth);
	}
}

static void an_expression_is_prepared_once_and_knows_its_names(void **state)
{
	struct err err = { .code = ERR_NONE };
	struct expression *expression = expression_get(evaluator, ":text || :many || :text", &err);

	(void)state;
	assert_non_null(expression);
	assert_ptr_equal(expression_get(evaluator, ":text || :many || :text", &err), expression);
	assert_ptr_not_equal(expression_get(evaluator, ":text || :many", &err), expression);
	assert_int_equal(expression_name_count(expression), 2);
	assert_string_equal(expression_name(expression, 0), "text");
	assert_true(expression_uses(expression, "many"));
	assert_false(expression_uses(expression, "man"));
	assert_ptr_equal(evaluator_world(evaluator), &world);
}

/* Errors at run time are errors, not values. */
static void what_cannot_be_evaluated_is_told(void **state)
{
	char *value = evaluate("json_extract(:text, '$.x')");

	(void)state;
	assert_non_null(strstr(value, "! malformed JSON"));
	free(value);
	value = evaluate("abs(-9223372036854775808)");
	assert_non_null(strstr(value, "! integer overflow"));
	free(value);
}

static void without_a_world_nothing_is_known(void **state)
{
	struct err err = { .code = ERR_NONE };
	struct evaluator *alone = evaluator_new(NULL, &err), *kept = evaluator;
	static const struct example examples[] = {
		{ "in_center('张三')", "0" },      { "dept_of('张三')", "null" },     { "asset_name('SRV-01')", "\"SRV-01\"" },
		{ "workday('2026-11-22')", "0" }, { "workday('2026-11-20')", "1" },
	};

	(void)state;
	evaluator = alone;
	ASSERT_EXAMPLES(examples);
	evaluator = kept;
	evaluator_free(&alone);
	assert_null(alone);
	evaluator_free(&alone);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_bound_by_their_kind),
		cmocka_unit_test(our_functions_answer),
		cmocka_unit_test(nothing_else_can_be_done),
		cmocka_unit_test(runaways_are_stopped),
		cmocka_unit_test(truth_has_three_values),
		cmocka_unit_test(an_expression_is_prepared_once_and_knows_its_names),
		cmocka_unit_test(what_cannot_be_evaluated_is_told),
		cmocka_unit_test(without_a_world_nothing_is_known),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
