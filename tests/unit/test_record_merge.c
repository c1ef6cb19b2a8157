/* Three-way merge of bodies, and what has changed between two. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "model/record.h"

static json_t *parse(const char *text)
{
	json_t *value = json_loads(text, 0, NULL);

	assert_non_null(value);
	return value;
}

static void assert_json(const json_t *value, const char *expected)
{
	char *text = json_stable(value);

	assert_string_equal(text, expected);
	free(text);
}

static void both_sides_are_kept_field_by_field(void **state)
{
	static const struct {
		const char *base, *ours, *theirs, *merged, *conflicts;
	} cases[] = {
		{ "{}", "{}", "{}", "{}", "[]" },
		{ "{\"a\":1}", "{\"a\":2}", "{\"a\":1,\"b\":3}", "{\"a\":2,\"b\":3}", "[]" },
		{ "{\"a\":1,\"b\":1}", "{\"a\":2,\"b\":1}", "{\"a\":1,\"b\":2}", "{\"a\":2,\"b\":2}", "[]" },
		{ "{\"a\":1}", "{\"a\":2}", "{\"a\":2}", "{\"a\":2}", "[]" },
		{ "{\"a\":1}", "{\"a\":2}", "{\"a\":3}", "{\"a\":2}", "[\"a\"]" },
		{ "{}", "{\"a\":1}", "{\"a\":2}", "{\"a\":1}", "[\"a\"]" },
		{ "{\"a\":1}", "{}", "{\"a\":1}", "{}", "[]" },
		{ "{\"a\":1}", "{\"a\":1}", "{}", "{}", "[]" },
		{ "{\"a\":1}", "{}", "{\"a\":2}", "{}", "[\"a\"]" },
		{ "{\"a\":1}", "{\"a\":2}", "{}", "{\"a\":2}", "[\"a\"]" },
		{ "{}", "{\"a\":null}", "{}", "{\"a\":null}", "[]" },
		/* Two people may fill two items of one check list. */
		{ "{\"l\":{}}", "{\"l\":{\"x\":{\"value\":1}}}", "{\"l\":{\"y\":{\"value\":2}}}",
		  "{\"l\":{\"x\":{\"value\":1},\"y\":{\"value\":2}}}", "[]" },
		{ "{}", "{\"l\":{\"x\":{\"value\":1}}}", "{\"l\":{\"y\":{\"value\":2}}}",
		  "{\"l\":{\"x\":{\"value\":1},\"y\":{\"value\":2}}}", "[]" },
		{ "{\"l\":{\"x\":{\"value\":1},\"y\":{\"value\":1}}}", "{\"l\":{\"x\":{\"value\":2},\"y\":{\"value\":2}}}",
		  "{\"l\":{\"x\":{\"value\":3},\"y\":{\"value\":3}}}", "{\"l\":{\"x\":{\"value\":2},\"y\":{\"value\":2}}}",
		  "[\"l\"]" },
		/* A table is one thing: rows have no names to go by. */
		{ "{\"t\":[]}", "{\"t\":[{\"a\":1}]}", "{\"t\":[{\"b\":1}]}", "{\"t\":[{\"a\":1}]}", "[\"t\"]" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		json_t *base = parse(cases[i].base), *ours = parse(cases[i].ours), *theirs = parse(cases[i].theirs);
		json_t *conflicts = NULL, *merged = record_merge(base, ours, theirs, &conflicts);

		assert_json(merged, cases[i].merged);
		assert_json(conflicts, cases[i].conflicts);
		json_decref(merged);
		json_decref(conflicts);
		json_decref(base);
		json_decref(ours);
		json_decref(theirs);
	}
}

static void a_merge_shares_nothing_with_its_sides(void **state)
{
	json_t *base = parse("{}"), *ours = parse("{\"t\":[{\"a\":1}]}"), *theirs = parse("{}"), *conflicts;
	json_t *merged = record_merge(base, ours, theirs, &conflicts);

	(void)state;
	json_object_set_new(json_array_get(json_object_get(merged, "t"), 0), "a", json_integer(9));
	assert_json(ours, "{\"t\":[{\"a\":1}]}");
	json_decref(merged);
	json_decref(conflicts);
	json_decref(base);
	json_decref(ours);
	json_decref(theirs);
}

static void changes_name_old_and_new(void **state)
{
	json_t *before = parse("{\"same\":1,\"gone\":2,\"other\":3,\"none\":null}");
	json_t *after = parse("{\"same\":1,\"other\":4,\"fresh\":[1],\"empty\":null}");
	json_t *changes = record_changes(before, after);

	(void)state;
	assert_json(changes, "{\"fresh\":[null,[1]],\"gone\":[2,null],\"other\":[3,4]}");
	json_decref(changes);
	changes = record_changes(before, before);
	assert_json(changes, "{}");
	json_decref(changes);
	json_decref(before);
	json_decref(after);
}

static void a_copy_is_its_own(void **state)
{
	struct record *record = calloc(1, sizeof(struct record)), *copy;

	(void)state;
	record->id = 3;
	record->state = str_format("draft");
	record->body = parse("{\"a\":{\"b\":1}}");
	copy = record_copy(record);
	json_object_clear(json_object_get(record->body, "a"));
	record->state[0] = 'x';
	assert_int_equal(copy->id, 3);
	assert_string_equal(copy->state, "draft");
	assert_null(copy->number);
	assert_json(copy->body, "{\"a\":{\"b\":1}}");
	record_free(&record);
	record_free(&record);
	record_free(&copy);
	assert_null(copy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_sides_are_kept_field_by_field),
		cmocka_unit_test(a_merge_shares_nothing_with_its_sides),
		cmocka_unit_test(changes_name_old_and_new),
		cmocka_unit_test(a_copy_is_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
