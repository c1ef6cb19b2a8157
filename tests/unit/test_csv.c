/* Rows as RFC 4180 writes them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/csv.h"

static void quotes_stand_only_where_needed(void **state)
{
	static const char *const row[] = { "编号", "a,b", "say \"x\"", "two\nlines", "", NULL, " kept " };
	struct str out = STR_INIT;

	(void)state;
	csv_row(&out, row, sizeof(row) / sizeof(*row));
	assert_string_equal(str_text(&out), "编号,\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",,, kept \r\n");
	str_release(&out);
}

static void an_empty_first_value_keeps_its_place(void **state)
{
	static const char *const row[] = { "", "x" };
	struct str out = STR_INIT;

	(void)state;
	str_add(&out, CSV_MARK);
	csv_row(&out, row, 2);
	csv_row(&out, row, 2);
	csv_value(&out, "\r", true);
	csv_end(&out);
	assert_string_equal(str_text(&out), "\uFEFF,x\r\n,x\r\n\"\r\"\r\n");
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quotes_stand_only_where_needed),
		cmocka_unit_test(an_empty_first_value_keeps_its_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
