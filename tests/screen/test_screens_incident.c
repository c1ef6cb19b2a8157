/* An incident from the first report to the decision, each at his own seat: the longest way through the screens. */
#include "screen/seat.h"

/* The same office, another person. */
static void change_seat(struct seat *seat, const char *account, const char *now)
{
	seat_stand_up(seat);
	seat_sit_down(seat, &(struct seat_options){ .account = account, .now = now });
}

static void report(struct seat *seat)
{
	seat_keys(seat, "21<Enter>ZC-2022-0001<Enter>登记大厅三台电脑无法打开业务系统，提示数据库连接失败<Tab>");
	seat_keys(seat, "<F8>2");
	screen_golden("incident-scene-80x24");
	seat_keys(seat, "<F9>");
	screen_golden("incident-report-faults-80x24");
	seat_keys(seat, "<Esc><Enter>没有这个<Enter>");
	screen_shows("没有符合输入的选项");
	seat_keys(seat, "<Esc><Enter><Down> <Enter>九点整拔网线，其他窗口正常收件<F9>");
	screen_golden("incident-reported-80x24");
}

static void test_way_of_an_incident(void **state)
{
	struct seat *seat = seat_new(&(struct seat_options){ .account = "xuy", .now = "2026-11-23 09:05" });

	(void)state;
	report(seat);
	change_seat(seat, "zhangsan", "2026-11-23 09:12");
	screen_golden("incident-waits-80x24");
	seat_keys(seat, "<Tab><Enter>");
	screen_golden("incident-to-accept-80x24");
	seat_keys(seat, "<F9>");
	screen_golden("incident-steps-80x24");
	seat_keys(seat, "1");
	screen_golden("incident-accepted-80x24");
	seat_keys(seat, "<F2>");
	screen_golden("incident-grading-80x24");
	seat_keys(seat, "1<Enter><Down><Enter><Enter><Down><Enter>30<Enter>60<Enter>1<Tab>");
	screen_golden("incident-level-80x24");
	seat_keys(seat, "<Enter><Down><Enter>影响三台电脑，属一般事件<Tab>1疑似数据库服务停止<Tab><F9>");
	screen_golden("incident-hand-in-80x24");
	seat_keys(seat, "<Esc>窗口业务可能中断<Tab><F9>1");
	screen_golden("incident-graded-80x24");
	seat_keys(seat, "<F2>");
	screen_golden("incident-tables-80x24");
	seat_keys(seat, "<Enter>");
	screen_golden("incident-row-80x24");
	seat_keys(seat, "<Enter><Down><Enter><Tab>1<Tab>收到<Ins>");
	screen_shows("第 2 行");
	seat_keys(seat, "<Enter><Down><Down><Enter>");
	screen_golden("incident-rows-80x24");
	seat_keys(seat, "<Esc>");
	change_seat(seat, "ligq", "2026-11-23 09:40");
	screen_golden("incident-head-bench-80x24");
	seat_keys(seat, "<End><Enter>");
	screen_golden("incident-head-80x24");
	change_seat(seat, "wujh", "2026-11-23 09:50");
	screen_golden("incident-leader-bench-80x24");
	seat_keys(seat, "<Enter>");
	screen_golden("incident-leader-80x24");
	seat_keys(seat, "1<F3>");
	screen_golden("incident-leader-opinion-80x24");
	seat_free(&seat);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_way_of_an_incident),
	};

	return cmocka_run_group_tests(tests, seats_begin, seats_end);
}
