/* Record numbers from their patterns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "model/number.h"

static void patterns_write_numbers(void **state)
{
	static const struct {
		const char *pattern, *now;
		int64_t n;
		const char *scope, *number;
	} cases[] = {
		{ "崇自然资信接〔{yyyy}〕{n}号", "2026-11-22T09:05+08:00", 12, "2026", "崇自然资信接〔2026〕12号" },
		{ "巡检-{yyyymmdd}-{nn}", "2026-11-22T09:05+08:00", 1, "2026-11-22", "巡检-20261122-01" },
		{ "NA{yyyy}-{nnnn}", "2026-11-22T09:05+08:00", 12, "2026", "NA2026-0012" },
		{ "{yyyy}{mm}-{n}", "2026-03-02T09:05+08:00", 7, "2026-03", "202603-7" },
		{ "{yyyy}.{mm}.{dd}/{nnn}", "2026-03-02T09:05+08:00", 7, "2026-03-02", "2026.03.02/007" },
		{ "巡检-{yyyymmdd}-{nn}", "2026-11-22T09:05+08:00", 123, "2026-11-22", "巡检-20261122-123" },
		/* The bureau's midnight is what counts. */
		{ "{yyyy}-{n}", "2026-12-31T15:59:59Z", 1, "2026", "2026-1" },
		{ "{yyyy}-{n}", "2026-12-31T16:00:00Z", 1, "2027", "2027-1" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t now_utc = 0;
		char *scope, *number;

		assert_true(clock_parse(cases[i].now, &now_utc));
		assert_null(number_pattern_fault(cases[i].pattern));
		scope = number_scope(cases[i].pattern, now_utc);
		number = number_format(cases[i].pattern, now_utc, cases[i].n);
		assert_string_equal(scope, cases[i].scope);
		assert_string_equal(number, cases[i].number);
		free(scope);
		free(number);
	}
}

static void bad_patterns_are_told(void **state)
{
	static const char *const bad[] = { "",          "{yyyy}",      "{n}",        "x-{mm}-{n}", "{yyyy}-{n}-{nn}",
					   "{yyyy}{q}{n}", "{yyyy}-{n", "{yyyy}-n}", "{yyyy}-{}",  "{YYYY}-{n}",
					   "{yyyy}{nnnnn}" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (number_pattern_fault(bad[i]) == NULL)
			fail_msg("%s passes", bad[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patterns_write_numbers),
		cmocka_unit_test(bad_patterns_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
