/* The helpers over jansson. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"

static json_t *parsed(const char *text)
{
	struct err err;
	json_t *value = json_parse(text, strlen(text), "test", &err);

	if (value == NULL)
		fail_msg("%s", err.text);
	return value;
}

static void values_are_read_with_a_default(void **state)
{
	json_t *object = parsed("{\"t\":\"机房\",\"n\":7,\"r\":1.5,\"yes\":true,\"no\":false,\"nil\":null}");

	(void)state;
	assert_string_equal(json_text(object, "t"), "机房");
	assert_string_equal(json_text(object, "n"), "");
	assert_string_equal(json_text(object, "missing"), "");
	assert_string_equal(json_text(NULL, "t"), "");
	assert_int_equal(json_whole(object, "n", -1), 7);
	assert_int_equal(json_whole(object, "r", -1), -1);
	assert_int_equal(json_whole(object, "t", -1), -1);
	assert_int_equal(json_whole(NULL, "n", -1), -1);
	assert_true(json_flag(object, "yes"));
	assert_false(json_flag(object, "no"));
	assert_false(json_flag(object, "n"));
	assert_false(json_flag(object, "missing"));
	json_set_text(object, "t", "巡检");
	json_set_text(object, "n", NULL);
	assert_string_equal(json_text(object, "t"), "巡检");
	assert_true(json_is_null(json_object_get(object, "n")));
	json_decref(object);
}

static void equal_values_give_equal_bytes(void **state)
{
	json_t *a = parsed("{\"b\":1,\"a\":{\"d\":[21.1,true,null],\"c\":\"“x”\"}}");
	json_t *b = parsed(" { \"a\" : {\"c\":\"\\u201cx\\u201d\",\"d\":[2.11e1,true,null]}, \"b\" : 1 }");
	char *stable_a = json_stable(a), *stable_b = json_stable(b), *line = json_line(a);

	(void)state;
	assert_string_equal(stable_a, "{\"a\":{\"c\":\"“x”\",\"d\":[21.1,true,null]},\"b\":1}");
	assert_string_equal(stable_b, stable_a);
	assert_string_equal(line, "{\"b\":1,\"a\":{\"d\":[21.1,true,null],\"c\":\"“x”\"}}");
	free(stable_a);
	free(stable_b);
	free(line);
	json_decref(a);
	json_decref(b);
}

static void single_values_do(void **state)
{
	json_t *text = parsed("\"a\\nb\"");
	char *line = json_line(text);

	(void)state;
	assert_string_equal(line, "\"a\\nb\"");
	free(line);
	json_decref(text);
}

static void faults_are_told_with_their_place(void **state)
{
	static const struct { const char *text, *place; } cases[] = {
		{ "{\"a\":1,\n \"b\":}", "line 2, column" },
		{ "", "line 1, column" },
		{ "{\"a\":1}x", "line 1, column" },
		{ "{\"a\":1,\"a\":2}", "line 1, column" },
		{ "\"\xff\"", "line 1, column" },
		{ "[1,\n2,\n3", "line 3, column" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct err err;

		assert_null(json_parse(cases[i].text, strlen(cases[i].text), "body.json", &err));
		assert_int_equal(err.code, ERR_REFUSED);
		assert_int_equal(strncmp(err.text, "body.json: ", 11), 0);
		if (strstr(err.text, cases[i].place) == NULL)
			fail_msg("%s", err.text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_read_with_a_default),
		cmocka_unit_test(equal_values_give_equal_bytes),
		cmocka_unit_test(single_values_do),
		cmocka_unit_test(faults_are_told_with_their_place),
	};

	json_setup();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
