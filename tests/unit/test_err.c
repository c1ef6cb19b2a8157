/* What the world did to us, in sentences. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/utf8.h"

static bool failing(struct err *err)
{
	return err_set(err, ERR_BUSY, "%s is held by %s.", "10.1.2.3", "张三");
}

static void an_error_says_what_and_where(void **state)
{
	struct err err = { .code = ERR_NONE };

	(void)state;
	assert_false(failing(&err));
	assert_int_equal(err.code, ERR_BUSY);
	assert_int_equal(err.sub, 0);
	assert_string_equal(err.text, "10.1.2.3 is held by 张三.");
	assert_non_null(strstr(err.file, "test_err.c"));
	assert_true(err.line > 0);
	assert_false(err_set_sub(&err, ERR_DAMAGED, 11, "x"));
	assert_int_equal(err.sub, 11);
	err_clear(&err);
	assert_int_equal(err.code, ERR_NONE);
	assert_string_equal(err.text, "");
}

static void nobody_need_listen(void **state)
{
	(void)state;
	assert_false(err_set(NULL, ERR_REFUSED, "%d", 1));
	assert_false(err_errno(NULL, "x"));
	assert_false(err_prefix(NULL, "x"));
	err_clear(NULL);
}

static void the_system_gives_its_reason(void **state)
{
	struct err err;

	(void)state;
	errno = ENOENT;
	assert_false(err_errno(&err, "The file %s cannot be opened", "机房.db"));
	assert_int_equal(err.code, ERR_SYSTEM);
	assert_int_equal(err.sub, ENOENT);
	assert_string_equal(err.text, "The file 机房.db cannot be opened: No such file or directory");
	assert_int_equal(errno, ENOENT);
}

static void a_caller_adds_what_it_was_doing(void **state)
{
	struct err err;

	(void)state;
	err_set(&err, ERR_REFUSED, "line 3 is wrong.");
	assert_false(err_prefix(&err, "%s", "forms/a.cfg"));
	assert_string_equal(err.text, "forms/a.cfg: line 3 is wrong.");
	assert_int_equal(err.code, ERR_REFUSED);
}

static void an_error_may_quote_itself(void **state)
{
	struct err err;

	(void)state;
	err_set(&err, ERR_REFUSED, "inner.");
	err_set(&err, ERR_DAMAGED, "outer: %s", err.text);
	assert_string_equal(err.text, "outer: inner.");
	errno = EACCES;
	err_errno(&err, "again %s", err.text);
	assert_string_equal(err.text, "again outer: inner.: Permission denied");
}

static void long_texts_are_cut_at_a_character(void **state)
{
	struct err err;
	char text[1000];

	(void)state;
	/* Whatever byte the cut falls on. */
	for (size_t shift = 0; shift < 4; shift++) {
		memset(text, 'x', shift);
		for (size_t at = shift; at + 3 < sizeof(text); at += 3)
			memcpy(text + at, "机", 4);
		err_set(&err, ERR_REFUSED, "%s", text);
		assert_true(utf8_is_valid(err.text, strlen(err.text), NULL));
		assert_in_range(strlen(err.text), sizeof(err.text) - 3, sizeof(err.text) - 1);
		err_prefix(&err, "%s", text);
		assert_true(utf8_is_valid(err.text, strlen(err.text), NULL));
		errno = EIO;
		err_errno(&err, "%s", text);
		assert_true(utf8_is_valid(err.text, strlen(err.text), NULL));
	}
}

static void the_codes_are_the_exit_statuses(void **state)
{
	(void)state;
	assert_int_equal(ERR_NONE, 0);
	assert_int_equal(ERR_REFUSED, 1);
	assert_int_equal(ERR_USAGE, 2);
	assert_int_equal(ERR_DENIED, 3);
	assert_int_equal(ERR_BUSY, 4);
	assert_int_equal(ERR_DAMAGED, 5);
	assert_int_equal(ERR_SYSTEM, 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_error_says_what_and_where),
		cmocka_unit_test(nobody_need_listen),
		cmocka_unit_test(the_system_gives_its_reason),
		cmocka_unit_test(a_caller_adds_what_it_was_doing),
		cmocka_unit_test(an_error_may_quote_itself),
		cmocka_unit_test(long_texts_are_cut_at_a_character),
		cmocka_unit_test(the_codes_are_the_exit_statuses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
