/* The work bench and the form editor as people see them: keys in, screen text out. */
#include "screen/seat.h"

#define READINGS "25.9<Enter>55<Enter>225<Enter>219<Enter>"

static void test_bench(void **state)
{
	(void)state;
	seat_golden("zhangsan", "", "bench-clerk");
	seat_golden("ligq", "", "bench-head");
	seat_golden("xuy", "", "bench-department");
}

static void test_bench_without_records(void **state)
{
	(void)state;
	seat_golden_of(&(struct seat_options){ .account = "zhangsan", .empty = true }, "", "bench-empty");
}

/* Nothing is due, so the next thing is named. */
static void test_bench_on_a_rest_day(void **state)
{
	(void)state;
	seat_golden_of(&(struct seat_options){ .account = "zhangsan", .now = "2026-11-22 10:00" }, "", "bench-rest-day");
}

static void test_bench_in_english(void **state)
{
	(void)state;
	seat_golden_of(&(struct seat_options){ .account = "zhangsan", .english = true }, "", "bench-english");
}

static void test_new(void **state)
{
	(void)state;
	seat_golden("zhangsan", "2", "new");
	seat_golden("zhangsan", "2yc", "new-by-initials");
}

static void test_editor(void **state)
{
	(void)state;
	seat_golden("zhangsan", "1", "editor-new");
	seat_golden("zhangsan", "1<F7>", "editor-first-part");
	seat_golden("zhangsan", "1<F5>" READINGS, "editor-filled");
	seat_golden_of(&(struct seat_options){ .account = "zhangsan", .english = true }, "1<F5>", "editor-english");
}

/* An abnormal reading wants its description; a wrong one says what is wrong with it. */
static void test_editor_says_what_is_wrong(void **state)
{
	(void)state;
	seat_golden("zhangsan", "1<F5>" READINGS "83<Enter>", "editor-abnormal");
	seat_golden("zhangsan", "1<F5>999<Tab>", "editor-impossible");
	seat_golden("zhangsan", "1<F5><F9>", "editor-faults");
}

static void test_editor_for_a_day_that_is_over(void **state)
{
	(void)state;
	seat_golden_of(&(struct seat_options){ .account = "zhangsan", .now = "2026-11-24 08:40" }, "<Down><Enter>",
	               "editor-late");
}

static void test_report_of_an_incident(void **state)
{
	(void)state;
	seat_golden("xuy", "21", "incident-new");
	seat_golden("xuy",
	            "21ZC-2022<Enter>登记大厅三台电脑无法打开业务系统，提示数据库连接失败，窗口排队二十余人，"
	            "群众意见较大，疑似服务器故障或者网络中断，请求信息中心立即派员到场处理，事后补报详细情况<Tab>",
	            "incident-long");
	seat_golden("xuy", "21<F8>", "incident-second-part");
}

/* One key for what is normal, the readings typed; the key is on record, so that nobody need guess how it was filled. */
static void test_normal_morning(void **state)
{
	struct seat *seat = seat_new(&(struct seat_options){ .account = "zhangsan" });

	(void)state;
	seat_keys(seat, "1<F5>" READINGS "41<Enter>99<Enter>24<Enter><F9>");
	screen_golden("morning-done-80x24");
	seat_keys(seat, "3<Enter>");
	screen_shows("巡检-20261123-01");
	seat_keys(seat, "<F4>");
	screen_shows("一键标为正常 27 项");
	seat_free(&seat);
}

/* An abnormal item: its description, what was done, then the form that follows, with what is known in it. */
static void test_abnormal_morning(void **state)
{
	struct seat *seat = seat_new(&(struct seat_options){ .account = "zhangsan" });

	(void)state;
	seat_keys(seat, "1<F5>" READINGS "83<Enter>新增服务器两台，负载偏高<Enter>99<Enter>24<Enter><F9>");
	screen_golden("morning-abnormal-80x24");
	seat_keys(seat, "<Esc><Enter>1<F9>");
	screen_golden("morning-follow-80x24");
	seat_keys(seat, "1");
	screen_golden("morning-incident-80x24");
	seat_free(&seat);
}

/* What was typed is there again, at the same character, whoever closed the line. */
static void test_draft_is_offered(void **state)
{
	struct seat_options options = { .account = "xuy" };
	struct seat *seat = seat_new(&options);

	(void)state;
	seat_keys(seat, "21<Tab>登记大厅三台电脑<Left><Left>");
	seat_wait(seat);
	seat_stand_up(seat);
	seat_sit_down(seat, &options);
	screen_golden("draft-offered-80x24");
	seat_keys(seat, "1无法使用的");
	screen_golden("draft-goes-on-80x24");
	screen_shows("登记大厅三台无法使用的电脑");
	seat_free(&seat);
}

static void test_draft_is_thrown_away_only_when_asked(void **state)
{
	struct seat_options options = { .account = "xuy" };
	struct seat *seat = seat_new(&options);
	struct edit_list *drafts;

	(void)state;
	seat_keys(seat, "21<Tab>登记大厅<Esc>");
	screen_shows("异常情况报告");
	seat_stand_up(seat);
	seat_sit_down(seat, &options);
	seat_keys(seat, "3");
	screen_golden("draft-throw-away-80x24");
	seat_keys(seat, "2");
	ok((drafts = edit_list(seat->office, &seat->desk.login->actor, &err)) != NULL);
	assert_int_equal(drafts->count, 1);
	edit_list_free(&drafts);
	seat_free(&seat);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bench),
		cmocka_unit_test(test_bench_without_records),
		cmocka_unit_test(test_bench_on_a_rest_day),
		cmocka_unit_test(test_bench_in_english),
		cmocka_unit_test(test_new),
		cmocka_unit_test(test_editor),
		cmocka_unit_test(test_editor_says_what_is_wrong),
		cmocka_unit_test(test_editor_for_a_day_that_is_over),
		cmocka_unit_test(test_report_of_an_incident),
		cmocka_unit_test(test_normal_morning),
		cmocka_unit_test(test_abnormal_morning),
		cmocka_unit_test(test_draft_is_offered),
		cmocka_unit_test(test_draft_is_thrown_away_only_when_asked),
	};

	return cmocka_run_group_tests(tests, seats_begin, seats_end);
}
