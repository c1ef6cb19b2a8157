/* The growing buffer, and bounded copies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"

static void an_empty_buffer_is_an_empty_text(void **state)
{
	struct str s = STR_INIT;
	char *taken;

	(void)state;
	assert_string_equal(str_text(&s), "");
	str_add(&s, NULL);
	str_trim(&s);
	str_remove(&s, 0, 5);
	str_clear(&s);
	assert_string_equal(str_text(&s), "");
	taken = str_take(&s);
	assert_string_equal(taken, "");
	free(taken);
	str_release(&s);
	str_release(&s);
}

static void it_grows_and_stays_terminated(void **state)
{
	struct str s = STR_INIT;

	(void)state;
	for (int i = 0; i < 5000; i++) {
		str_add_char(&s, (char)('a' + i % 26));
		assert_int_equal(s.len, i + 1);
		assert_int_equal(s.data[s.len], 0);
	}
	str_add(&s, "机房");
	str_add_len(&s, "xyz", 2);
	str_add_repeat(&s, "ab", 3);
	str_add_repeat(&s, "no", 0);
	str_add_repeat(&s, "no", -4);
	assert_string_equal(str_text(&s) + 5000, "机房xyababab");
	str_clear(&s);
	assert_int_equal(s.len, 0);
	assert_string_equal(str_text(&s), "");
	str_release(&s);
	assert_null(s.data);
}

static void formatted_text_is_appended_whole(void **state)
{
	struct str s = STR_INIT;
	char big[3000];
	char *text;

	(void)state;
	memset(big, 'x', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	str_addf(&s, "%d-", 7);
	str_addf(&s, "%s|%05.1f", big, 2.25);
	assert_int_equal(s.len, 2 + 2999 + 6);
	assert_string_equal(str_text(&s) + 2 + 2999, "|002.2");
	str_release(&s);
	text = str_format("%s：%d", "温度", 21);
	assert_string_equal(text, "温度：21");
	free(text);
}

static void parts_go_in_and_out(void **state)
{
	struct str s = STR_INIT;

	(void)state;
	str_insert(&s, 0, "机房", 6);
	str_insert(&s, 3, "柜", 3);
	str_insert(&s, 99, "!", 1);
	str_insert(&s, 0, ">", 1);
	assert_string_equal(str_text(&s), ">机柜房!");
	str_remove(&s, 1, 3);
	assert_string_equal(str_text(&s), ">柜房!");
	str_remove(&s, 7, SIZE_MAX);
	assert_string_equal(str_text(&s), ">柜房");
	str_remove(&s, 7, 1);
	assert_string_equal(str_text(&s), ">柜房");
	str_set(&s, "new");
	assert_string_equal(str_text(&s), "new");
	str_set(&s, s.data + 1);
	assert_string_equal(str_text(&s), "ew");
	str_set(&s, NULL);
	assert_string_equal(str_text(&s), "");
	str_release(&s);
}

static void white_space_is_trimmed_at_both_ends(void **state)
{
	static const char *const cases[][2] = {
		{ "  a b  ", "a b" },       { "　　机房　", "机房" }, { " \t\r\n　x　\n", "x" },
		{ "   ", "" },              { "　", "" },             { "", "" },
		{ "机\u3001", "机\u3001" }, /* shares two bytes with the wide blank */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct str s = STR_INIT;

		str_add(&s, cases[i][0]);
		str_trim(&s);
		assert_string_equal(str_text(&s), cases[i][1]);
		assert_int_equal(s.len, strlen(cases[i][1]));
		str_release(&s);
	}
}

static void taking_leaves_an_empty_buffer(void **state)
{
	struct str s = STR_INIT;
	char *taken;

	(void)state;
	str_add(&s, "mine");
	taken = str_take(&s);
	assert_string_equal(taken, "mine");
	assert_string_equal(str_text(&s), "");
	str_add(&s, "next");
	assert_string_equal(taken, "mine");
	free(taken);
	str_release(&s);
}

static void questions(void **state)
{
	(void)state;
	assert_true(str_equal("a", "a"));
	assert_false(str_equal("a", "b"));
	assert_true(str_equal(NULL, NULL));
	assert_false(str_equal(NULL, ""));
	assert_false(str_equal("", NULL));
	assert_true(str_is_empty(NULL));
	assert_true(str_is_empty(""));
	assert_false(str_is_empty(" "));
}

static void bounded_copies_keep_characters_whole(void **state)
{
	char to[8];

	(void)state;
	assert_true(str_copy(to, sizeof(to), "1234567"));
	assert_string_equal(to, "1234567");
	assert_false(str_copy(to, sizeof(to), "12345678"));
	assert_string_equal(to, "1234567");
	assert_false(str_copy(to, sizeof(to), "机房巡检"));
	assert_string_equal(to, "机房");
	assert_true(str_copy(to, 1, ""));
	assert_string_equal(to, "");
	assert_false(str_copy(to, 1, "机"));
	assert_string_equal(to, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_buffer_is_an_empty_text),
		cmocka_unit_test(it_grows_and_stays_terminated),
		cmocka_unit_test(formatted_text_is_appended_whole),
		cmocka_unit_test(parts_go_in_and_out),
		cmocka_unit_test(white_space_is_trimmed_at_both_ends),
		cmocka_unit_test(taking_leaves_an_empty_buffer),
		cmocka_unit_test(questions),
		cmocka_unit_test(bounded_copies_keep_characters_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
