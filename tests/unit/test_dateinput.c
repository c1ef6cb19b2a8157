/* Dates and times as people type them. Now is Sunday 2026-11-22 09:05. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "model/dateinput.h"

static int64_t now_utc;

static int set_up(void **state)
{
	(void)state;
	return clock_parse("2026-11-22T09:05+08:00", &now_utc) ? 0 : 1;
}

struct example {
	const char *typed, *read; /* NULL: refused */
};

static void days(void **state)
{
	static const struct example examples[] = {
		{ "20261122", "2026-11-22" },   { "2026-11-22", "2026-11-22" }, { "2026.11.22", "2026-11-22" },
		{ "2026/11/22", "2026-11-22" }, { "2026-1-2", "2026-01-02" },   { "2026年11月22日", "2026-11-22" },
		{ "2026年1月2日", "2026-01-02" }, { "11月22日", "2026-11-22" },  { "11-22", "2026-11-22" },
		{ "11.22", "2026-11-22" },      { "1/2", "2026-01-02" },        { "1122", "2026-11-22" },
		{ "22", "2026-11-22" },         { "3", "2026-11-03" },          { "3日", "2026-11-03" },
		{ "3号", "2026-11-03" },        { "今天", "2026-11-22" },       { "昨天", "2026-11-21" },
		{ "前天", "2026-11-20" },       { "明天", "2026-11-23" },       { "today", "2026-11-22" },
		{ "+1", "2026-11-23" },         { "-1", "2026-11-21" },         { "+40", "2027-01-01" },
		{ "－１", "2026-11-21" },       { "２０２６。１１。２２", "2026-11-22" }, { "　22　", "2026-11-22" },
		{ "20240229", "2024-02-29" },   { "0101", "2026-01-01" },

		{ "", NULL },           { " ", NULL },          { "20260229", NULL },   { "2026-13-01", NULL },
		{ "2026-00-01", NULL }, { "1131", NULL },       { "31", NULL },         { "0", NULL },
		{ "122", NULL },        { "261122", NULL },     { "2026", NULL },       { "26-11-22", NULL },
		{ "2026-11", NULL },    { "2026-11-22-1", NULL }, { "2026--11", NULL }, { "11-", NULL },
		{ "+", NULL },          { "+99999", NULL },     { "--1", NULL },        { "下周", NULL },
		{ "今天1", NULL },      { "2026-11-22x", NULL }, { "二十二", NULL },    { "99999999999999999999", NULL },
		{ "2026-11-22 09:05", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
		char day[CLOCK_DAY_SIZE] = "";
		const bool good = dateinput_day(examples[i].typed, now_utc, day);

		if (good != (examples[i].read != NULL) || (good && strcmp(day, examples[i].read) != 0))
			fail_msg("%s is read as %s", examples[i].typed, day);
	}
}

static void times(void **state)
{
	static const struct example examples[] = {
		{ "905", "09:05" },     { "0905", "09:05" },  { "9:05", "09:05" },   { "09:05", "09:05" },
		{ "1630", "16:30" },    { "０９：０５", "09:05" }, { "9：05", "09:05" }, { "9时05分", "09:05" },
		{ "9点05", "09:05" },   { "9点", "09:00" },   { "0:00", "00:00" },   { "000", "00:00" },
		{ "23:59", "23:59" },   { "09:05:59", "09:05" }, { " 9:05 ", "09:05" },

		{ "", NULL },   { "9", NULL },     { "24:00", NULL }, { "2400", NULL },   { "9:5", NULL },   { "9:60", NULL },
		{ "960", NULL }, { "12345", NULL }, { "9:05:", NULL }, { "9:05:60", NULL }, { ":05", NULL },  { "-905", NULL },
		{ "九点", NULL }, { "9.05", NULL }, { "9:05pm", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
		char time[6] = "";
		const bool good = dateinput_time(examples[i].typed, time);

		if (good != (examples[i].read != NULL) || (good && strcmp(time, examples[i].read) != 0))
			fail_msg("%s is read as %s", examples[i].typed, time);
	}
}

static void datetimes(void **state)
{
	static const struct example examples[] = {
		{ "905", "2026-11-22T09:05+08:00" },
		{ "9:05", "2026-11-22T09:05+08:00" },
		{ "1122 905", "2026-11-22T09:05+08:00" },
		{ "21 1630", "2026-11-21T16:30+08:00" },
		{ "昨天 9:05", "2026-11-21T09:05+08:00" },
		{ "昨天9:05", "2026-11-21T09:05+08:00" },
		{ "-1 905", "2026-11-21T09:05+08:00" },
		{ "2026-11-22 09:05", "2026-11-22T09:05+08:00" },
		{ "2026-11-22  09:05", "2026-11-22T09:05+08:00" },
		{ "2026-11-22T09:05", "2026-11-22T09:05+08:00" },
		{ "2026-11-22T09:05+08:00", "2026-11-22T09:05+08:00" },
		{ "2026-11-22T01:05:00Z", "2026-11-22T09:05+08:00" },
		{ "2026年11月22日9时05分", "2026-11-22T09:05+08:00" },
		{ "２０２６／１１／２２　９：０５", "2026-11-22T09:05+08:00" },
		{ "20261122 0905", "2026-11-22T09:05+08:00" },

		{ "", NULL }, { "2026-11-22", NULL }, { "20261122", NULL }, { "今天", NULL }, { "2026-02-30 905", NULL },
		{ "2026-11-22T25:05", NULL }, { "905 1122x", NULL }, { "x 905", NULL }, { "1122 905 33", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
		char local[CLOCK_LOCAL_SIZE] = "";
		const bool good = dateinput_datetime(examples[i].typed, now_utc, local);

		if (good != (examples[i].read != NULL) || (good && strcmp(local, examples[i].read) != 0))
			fail_msg("%s is read as %s", examples[i].typed, local);
	}
}

/* The day begins at the bureau's midnight, not at that of Greenwich. */
static void midnight_is_the_bureaus(void **state)
{
	char day[CLOCK_DAY_SIZE];
	int64_t utc;

	(void)state;
	assert_true(clock_parse("2026-11-21T16:00:00Z", &utc));
	assert_true(dateinput_day("今天", utc, day));
	assert_string_equal(day, "2026-11-22");
	assert_true(dateinput_day("今天", utc - 1, day));
	assert_string_equal(day, "2026-11-21");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days),
		cmocka_unit_test(times),
		cmocka_unit_test(datetimes),
		cmocka_unit_test(midnight_is_the_bureaus),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
