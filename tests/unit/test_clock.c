/* Three ways to write a time, and the civil calendar. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/clock.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static const int64_t morning = 1795309500; /* 2026-11-22T01:05:00Z */

static int to_shanghai(void **state)
{
	(void)state;
	clock_set_zone(480);
	return 0;
}

static void the_three_forms(void **state)
{
	char stamp[CLOCK_STAMP_SIZE], local[CLOCK_LOCAL_SIZE], day[CLOCK_DAY_SIZE];

	(void)state;
	assert_string_equal(clock_stamp(morning, stamp), "2026-11-22T01:05:00Z");
	assert_string_equal(clock_local(morning, local), "2026-11-22T09:05+08:00");
	assert_string_equal(clock_day(morning, day), "2026-11-22");
	/* Sixteen hours of UTC are the next day in Shanghai. */
	assert_string_equal(clock_day(1795363199, day), "2026-11-22");
	assert_string_equal(clock_day(1795363200, day), "2026-11-23");
	assert_string_equal(clock_stamp(0, stamp), "1970-01-01T00:00:00Z");
	assert_string_equal(clock_stamp(-1, stamp), "1969-12-31T23:59:59Z");
	assert_string_equal(clock_stamp(951782400, stamp), "2000-02-29T00:00:00Z");
}

static void other_zones(void **state)
{
	char local[CLOCK_LOCAL_SIZE], day[CLOCK_DAY_SIZE];
	int64_t utc;

	(void)state;
	clock_set_zone(-210);
	assert_int_equal(clock_zone(), -210);
	assert_string_equal(clock_local(morning, local), "2026-11-21T21:35-03:30");
	assert_string_equal(clock_day(morning, day), "2026-11-21");
	assert_true(clock_parse("2026-11-21 21:35", &utc));
	assert_int_equal(utc, morning);
	clock_set_zone(0);
	assert_string_equal(clock_local(morning, local), "2026-11-22T01:05+00:00");
}

static void times_are_read_back(void **state)
{
	static const struct { const char *text; int64_t utc; } good[] = {
		{ "2026-11-22T01:05:00Z", 1795309500 },
		{ "2026-11-22T09:05+08:00", 1795309500 },
		{ "2026-11-22T09:05:00+08:00", 1795309500 },
		{ "2026-11-21T21:35-03:30", 1795309500 },
		{ "2026-11-22", 1795276800 },
		{ "2026-11-22 09:05", 1795309500 },
		{ "2026-11-22 09:05:07", 1795309507 },
		{ "1970-01-01T00:00:00Z", 0 },
		{ "1969-12-31T23:59:59Z", -1 },
		{ "2024-02-29T00:00:00Z", 1709164800 },
	};
	static const char *const bad[] = {
		"", "x", "2026", "2026-11", "2026-11-2", "2026-11-22x", "2026-11-22 ", "2026-11-22T", "2026-11-22 9:05",
		"2026-13-01", "2026-00-01", "2026-02-29", "2026-04-31", "2026-11-00", "2026-11-22 24:00", "2026-11-22 23:60",
		"2026-11-22 23:59:60", "2026-11-22T09:05+08", "2026-11-22T09:05+24:00", "2026-11-22T09:05+08:60",
		"2026-11-22T09:05Zx", "2026-11-22T01:05:00Z ", "２０２６-11-22", "2026/11/22", " 2026-11-22", "+026-11-22",
		"2026-11-22 09:05:", "2026-11-22\n09:05",
	};
	int64_t utc;

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		assert_true(clock_parse(good[i].text, &utc));
		assert_int_equal(utc, good[i].utc);
	}
	for (size_t i = 0; i < COUNT(bad); i++)
		if (clock_parse(bad[i], &utc))
			fail_msg("\"%s\" was taken for a time", bad[i]);
}

static void writing_and_reading_are_inverse(void **state)
{
	char stamp[CLOCK_STAMP_SIZE], local[CLOCK_LOCAL_SIZE];
	int64_t back;

	(void)state;
	for (int64_t utc = -62000000000; utc < 250000000000; utc += 86399 * 977) {
		assert_true(clock_parse(clock_stamp(utc, stamp), &back));
		assert_int_equal(back, utc);
		assert_int_equal(strlen(stamp), CLOCK_STAMP_SIZE - 1);
		assert_true(clock_parse(clock_local(utc, local), &back));
		assert_in_range(utc - back, 0, 59);
	}
}

static void times_beyond_all_years_stay_in_their_buffer(void **state)
{
	char stamp[CLOCK_STAMP_SIZE], local[CLOCK_LOCAL_SIZE], day[CLOCK_DAY_SIZE];

	(void)state;
	assert_string_equal(clock_stamp(INT64_MAX, stamp), "9999-12-31T23:59:59Z");
	assert_string_equal(clock_stamp(INT64_MIN, stamp), "0000-01-01T00:00:00Z");
	assert_string_equal(clock_local(INT64_MAX, local), "9999-12-31T23:59+08:00");
	assert_string_equal(clock_day(INT64_MIN, day), "0000-01-01");
}

static void every_day_is_the_day_after_the_one_before(void **state)
{
	int64_t days = clock_days(0, 1, 1);
	int weekday = clock_weekday(days);

	(void)state;
	for (int year = 0; year < 2500; year++)
		for (int month = 1; month <= 12; month++)
			for (int day = 1; clock_is_date(year, month, day); day++, days++) {
				int y, m, d;

				assert_int_equal(clock_days(year, month, day), days);
				clock_civil(days, &y, &m, &d);
				assert_true(y == year && m == month && d == day);
				assert_int_equal(clock_weekday(days), weekday);
				weekday = weekday % 7 + 1;
			}
	assert_int_equal(days, clock_days(2500, 1, 1));
}

static void known_days(void **state)
{
	(void)state;
	assert_int_equal(clock_days(1970, 1, 1), 0);
	assert_int_equal(clock_days(2000, 3, 1), 11017);
	assert_int_equal(clock_weekday(clock_days(1970, 1, 1)), 4);
	assert_int_equal(clock_weekday(clock_days(2026, 11, 22)), 7);
	assert_int_equal(clock_weekday(clock_days(2026, 11, 23)), 1);
	assert_true(clock_is_date(2000, 2, 29));
	assert_false(clock_is_date(1900, 2, 29));
	assert_false(clock_is_date(2026, 11, 31));
	assert_false(clock_is_date(-1, 1, 1));
	assert_false(clock_is_date(10000, 1, 1));
}

static void the_clock_runs_on_from_where_it_is_set(void **state)
{
	const int64_t start = clock_monotonic_ms();
	int64_t real = (int64_t)time(NULL), now;

	(void)state;
	now = clock_now();
	assert_in_range(now - real, 0, 5);
	clock_set_now(morning);
	now = clock_now();
	assert_in_range(now - morning, 0, 5);
	clock_set_now(real);
	assert_in_range(clock_now() - real, 0, 5);
	/* Timeouts are not moved. */
	assert_in_range(clock_monotonic_ms() - start, 0, 5000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_three_forms, to_shanghai),
		cmocka_unit_test_teardown(other_zones, to_shanghai),
		cmocka_unit_test_setup(times_are_read_back, to_shanghai),
		cmocka_unit_test(writing_and_reading_are_inverse),
		cmocka_unit_test(times_beyond_all_years_stay_in_their_buffer),
		cmocka_unit_test(every_day_is_the_day_after_the_one_before),
		cmocka_unit_test(known_days),
		cmocka_unit_test(the_clock_runs_on_from_where_it_is_set),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
