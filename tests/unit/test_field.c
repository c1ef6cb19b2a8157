/* Fields: types by name, verdicts, ranges in words, values as a person reads them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "model/field.h"

static char ok[] = "正常", ok_en[] = "normal", bad[] = "异常", odd[] = "未检";
static struct choice choices[] = {
	{ .value = ok, .label_en = ok_en, .verdict = VERDICT_NORMAL },
	{ .value = bad, .verdict = VERDICT_FAIL },
	{ .value = odd, .verdict = VERDICT_WARN },
};

static void types_have_names(void **state)
{
	enum field_type type;

	(void)state;
	for (int i = 0; i < FIELD_TYPE_COUNT; i++) {
		assert_true(field_type_parse(field_type_name((enum field_type)i), &type));
		assert_int_equal(type, i);
	}
	assert_false(field_type_parse("texxt", &type));
	assert_false(field_type_parse("", &type));
	assert_false(field_type_parse(NULL, &type));
}

static void numbers_are_judged_by_ranges(void **state)
{
	static const struct field temp = {
		.type = FIELD_DECIMAL,
		.normal = { true, true, 18.0, 27.0 },
		.warn = { false, true, 0.0, 32.0 },
	};
	static const struct field alone = { .type = FIELD_INTEGER, .normal = { true, false, 95.0, 0.0 } };
	static const struct field none = { .type = FIELD_INTEGER };
	static const struct {
		const struct field *field;
		double number;
		enum verdict verdict;
	} cases[] = {
		{ &temp, 18.0, VERDICT_NORMAL }, { &temp, 27.0, VERDICT_NORMAL }, { &temp, 17.9, VERDICT_WARN },
		{ &temp, -40.0, VERDICT_WARN },  { &temp, 32.0, VERDICT_WARN },   { &temp, 32.1, VERDICT_FAIL },
		{ &alone, 95.0, VERDICT_NORMAL }, { &alone, 94.0, VERDICT_WARN }, { &none, 5.0, VERDICT_NONE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		json_t *value = json_real(cases[i].number);

		assert_int_equal(field_verdict(cases[i].field, value), cases[i].verdict);
		json_decref(value);
	}
	assert_int_equal(field_verdict(&temp, NULL), VERDICT_NONE);
	assert_int_equal(field_verdict(&temp, json_null()), VERDICT_NONE);
}

static void choices_carry_their_verdict(void **state)
{
	const struct field field = { .type = FIELD_CHOICE, .choices = choices, .choice_count = 3 };
	json_t *value = json_string("异常"), *many = json_pack("[s, s]", "正常", "未检");

	(void)state;
	assert_int_equal(field_verdict(&field, value), VERDICT_FAIL);
	assert_int_equal(field_verdict(&field, many), VERDICT_WARN);
	json_string_set(value, "别的");
	assert_int_equal(field_verdict(&field, value), VERDICT_NONE);
	assert_ptr_equal(field_choice(&field, "未检"), &choices[2]);
	assert_null(field_choice(&field, NULL));
	assert_string_equal(choice_label(&choices[0]), "normal");
	assert_string_equal(choice_label(&choices[1]), "异常");
	json_decref(value);
	json_decref(many);
}

static void ranges_are_told_in_words(void **state)
{
	static const struct {
		struct range range;
		int decimals;
		const char *text;
	} cases[] = {
		{ { true, true, 198.0, 242.0 }, 0, "198–242" }, { { true, true, 18.0, 27.5 }, 1, "18.0–27.5" },
		{ { false, true, 0.0, 80.0 }, 0, "≤ 80" },      { { true, false, 95.0, 0.0 }, 0, "≥ 95" },
		{ { false, false, 0.0, 0.0 }, 0, "" },          { { true, true, -10.0, -5.0 }, 0, "-10–-5" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *text = range_text(&cases[i].range, cases[i].decimals);

		assert_string_equal(text, cases[i].text);
		free(text);
	}
}

static char what[] = "what", when[] = "when", temp[] = "temp", leak[] = "leak", label_temp[] = "温度", label_leak[] = "漏水",
	    degree[] = "℃";
static struct field columns[] = { { .key = what, .label = what, .type = FIELD_TEXT },
				  { .key = when, .label = when, .type = FIELD_DATETIME } };
static struct field items[] = {
	{ .key = temp, .label = label_temp, .type = FIELD_DECIMAL, .decimals = 1, .unit = degree, .normal = { true, true, 18, 27 } },
	{ .key = leak, .label = label_leak, .type = FIELD_CHOICE, .choices = choices, .choice_count = 3 },
};

static void values_read_as_a_person_reads_them(void **state)
{
	static const struct {
		struct field field;
		const char *value, *text;
	} cases[] = {
		{ { .type = FIELD_TEXT }, "\"机房 <C>\"", "机房 <C>" },
		{ { .type = FIELD_MEMO }, "\"一\\n二\"", "一\n二" },
		{ { .type = FIELD_DATE }, "\"2026-11-22\"", "2026-11-22" },
		{ { .type = FIELD_DATETIME }, "\"2026-11-22T09:05+08:00\"", "2026-11-22 09:05" },
		{ { .type = FIELD_DATETIME }, "\"T\"", "T" },
		{ { .type = FIELD_TIME }, "\"09:05\"", "09:05" },
		{ { .type = FIELD_INTEGER }, "83", "83" },
		{ { .type = FIELD_DECIMAL, .decimals = 1 }, "221", "221.0" },
		{ { .type = FIELD_DECIMAL, .decimals = 2 }, "0.5", "0.50" },
		{ { .type = FIELD_BOOL }, "true", "yes" },
		{ { .type = FIELD_BOOL }, "false", "no" },
		{ { .type = FIELD_MULTI }, "[\"甲\",\"乙\"]", "甲, 乙" },
		{ { .type = FIELD_PERSON, .many = true }, "[\"张三\"]", "张三" },
		{ { .type = FIELD_CHOICE, .choices = choices, .choice_count = 3 }, "\"正常\"", "normal" },
		{ { .type = FIELD_CHOICE, .choices = choices, .choice_count = 3 }, "\"别的\"", "别的" },
		{ { .type = FIELD_TABLE, .children = columns, .child_count = 2 },
		  "[{\"what\":\"电源\",\"when\":\"2026-11-22T09:05+08:00\"},{\"what\":\"风扇\"}]", "电源 2026-11-22 09:05; 风扇" },
		{ { .type = FIELD_CHECKLIST, .children = items, .child_count = 2 },
		  "{\"temp\":{\"value\":33.5,\"note\":\"空调停机\"},\"leak\":{\"value\":\"正常\"}}", "温度 33.5℃ (空调停机)" },
		{ { .type = FIELD_TEXT }, "null", "" },
		{ { .type = FIELD_TEXT }, "[]", "" },
		{ { .type = FIELD_TEXT }, "{\"x\":1}", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		json_t *value = json_loads(cases[i].value, JSON_DECODE_ANY, NULL);
		char *text = field_display(&cases[i].field, value);

		assert_non_null(value);
		assert_string_equal(text, cases[i].text);
		free(text);
		json_decref(value);
	}
	char *text = field_display(&cases[0].field, NULL);
	assert_string_equal(text, "");
	free(text);
}

static void columns_and_items_are_found_by_key(void **state)
{
	const struct field table = { .type = FIELD_TABLE, .children = columns, .child_count = 2 };

	(void)state;
	assert_ptr_equal(field_child(&table, "when"), &columns[1]);
	assert_null(field_child(&table, "where"));
	assert_null(field_child(&columns[0], "what"));
}

static void releasing_twice_does_no_harm(void **state)
{
	struct field field = { .key = str_format("a"), .label = str_format("b") };

	(void)state;
	field_release(&field);
	field_release(&field);
	assert_null(field.key);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(types_have_names),
		cmocka_unit_test(numbers_are_judged_by_ranges),
		cmocka_unit_test(choices_carry_their_verdict),
		cmocka_unit_test(ranges_are_told_in_words),
		cmocka_unit_test(values_read_as_a_person_reads_them),
		cmocka_unit_test(columns_and_items_are_found_by_key),
		cmocka_unit_test(releasing_twice_does_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
