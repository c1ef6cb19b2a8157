/* Working days, with the arrangement of 2026 as it is shipped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/path.h"
#include "model/calendar.h"

static struct calendar *load(void)
{
	struct calendar *calendar = calendar_new();
	struct err err = { .code = ERR_NONE };
	size_t len = 0;
	char *tsv = path_read(YW_SOURCE "/data/workdays-2026.tsv", 65536, &len, &err);

	assert_non_null(tsv);
	assert_true(calendar_add(calendar, tsv, "workdays-2026.tsv", &err));
	free(tsv);
	return calendar;
}

static int64_t utc_of(const char *text)
{
	int64_t utc = 0;

	assert_true(clock_parse(text, &utc));
	return utc;
}

static void the_arrangement_goes_before_the_week(void **state)
{
	static const struct {
		int month, day;
		bool worked;
		const char *festival;
	} cases[] = {
		{ 1, 1, false, "元旦" },   { 1, 3, false, NULL },    { 1, 4, true, "元旦" },   { 1, 5, true, NULL },
		{ 2, 14, true, "春节" },   { 2, 23, false, "春节" }, { 2, 24, true, NULL },    { 9, 25, false, "中秋节" },
		{ 10, 7, false, "国庆节" }, { 10, 8, true, NULL },   { 10, 10, true, "国庆节" }, { 11, 21, false, NULL },
		{ 11, 22, false, NULL },   { 11, 23, true, NULL },
	};
	struct calendar *calendar = load();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const int64_t days = clock_days(2026, cases[i].month, cases[i].day);
		const char *festival = calendar_festival(calendar, days);

		if (calendar_is_workday(calendar, days) != cases[i].worked)
			fail_msg("%d-%d", cases[i].month, cases[i].day);
		if (cases[i].festival == NULL)
			assert_null(festival);
		else
			assert_string_equal(festival, cases[i].festival);
	}
	assert_true(calendar_knows(calendar, 2026));
	assert_false(calendar_knows(calendar, 2027));
	assert_false(calendar_knows(calendar, -1));
	assert_false(calendar_knows(calendar, 10000));
	/* A year without an arrangement is worked Monday to Friday. */
	assert_true(calendar_is_workday(calendar, clock_days(2027, 1, 1)));
	assert_false(calendar_is_workday(calendar, clock_days(2027, 1, 2)));
	calendar_free(&calendar);
	assert_null(calendar);
	calendar_free(&calendar);
}

static void hours_run_on_worked_days_only(void **state)
{
	static const struct {
		const char *from;
		int hours;
		const char *until;
	} cases[] = {
		{ "2026-11-23T09:00+08:00", 24, "2026-11-24T09:00+08:00" },
		{ "2026-11-20T09:00+08:00", 24, "2026-11-23T09:00+08:00" }, /* over a weekend */
		{ "2026-11-21T09:00+08:00", 24, "2026-11-24T00:00+08:00" }, /* begun on a Saturday */
		{ "2026-11-20T09:00+08:00", 15, "2026-11-21T00:00+08:00" },
		{ "2026-11-20T09:00+08:00", 0, "2026-11-20T09:00+08:00" },
		{ "2026-11-21T09:00+08:00", 0, "2026-11-23T00:00+08:00" },
		{ "2026-09-30T12:00+08:00", 24, "2026-10-08T12:00+08:00" }, /* over the National Day */
		{ "2026-10-09T12:00+08:00", 24, "2026-10-10T12:00+08:00" }, /* a Saturday that is worked */
		{ "2026-11-23T09:00+08:00", 120, "2026-11-30T09:00+08:00" },
	};
	struct calendar *calendar = load();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char local[CLOCK_LOCAL_SIZE];

		clock_local(calendar_add_hours(calendar, utc_of(cases[i].from), cases[i].hours), local);
		if (strcmp(local, cases[i].until) != 0)
			fail_msg("%s + %d h is %s", cases[i].from, cases[i].hours, local);
	}
	calendar_free(&calendar);
}

static void a_bad_line_is_named(void **state)
{
	static const struct {
		const char *tsv, *told;
	} cases[] = {
		{ "2026-01-01\trest\tx\n2026-02-30\trest\n", "file:2:" }, { "2026-01-01 rest\n", "file:1:" },
		{ "\n\n2026-01-01\tfree\n", "file:3: \"free\"" },          { "2026-1-1\trest\n", "file:1:" },
		{ "x\n", "file:1:" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct calendar *calendar = calendar_new();
		struct err err = { .code = ERR_NONE };

		assert_false(calendar_add(calendar, cases[i].tsv, "file", &err));
		if (strstr(err.text, cases[i].told) == NULL)
			fail_msg("told: %s", err.text);
		calendar_free(&calendar);
	}
}

static void later_lines_replace_earlier_ones(void **state)
{
	struct calendar *calendar = calendar_new();

	(void)state;
	assert_true(calendar_add(calendar, "# only a comment\r\n2026-11-23\trest\tx # why\r\n2026-11-22\twork\n", "a", NULL));
	assert_false(calendar_is_workday(calendar, clock_days(2026, 11, 23)));
	assert_true(calendar_is_workday(calendar, clock_days(2026, 11, 22)));
	assert_null(calendar_festival(calendar, clock_days(2026, 11, 22)));
	assert_true(calendar_add(calendar, "2026-11-23\twork", "b", NULL));
	assert_true(calendar_is_workday(calendar, clock_days(2026, 11, 23)));
	assert_null(calendar_festival(calendar, clock_days(2026, 11, 23)));
	calendar_free(&calendar);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_arrangement_goes_before_the_week),
		cmocka_unit_test(hours_run_on_worked_days_only),
		cmocka_unit_test(a_bad_line_is_named),
		cmocka_unit_test(later_lines_replace_earlier_ones),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
