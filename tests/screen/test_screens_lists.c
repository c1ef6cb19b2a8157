/* Lists, search, regulation, registers, reports, management, log-in and lock. */
#include "screen/seat.h"

static void test_list(void **state)
{
	(void)state;
	seat_golden("zhangsan", "3", "list");
	seat_golden("zhangsan", "3<PgDn>", "list-page-down");
	seat_golden("zhangsan", "3<F4>xj<Enter>", "list-of-a-form");
	seat_golden_of(&(struct seat_options){ .account = "zhangsan", .empty = true }, "3", "list-empty");
	seat_golden_of(&(struct seat_options){ .account = "zhangsan", .english = true }, "3", "list-english");
}

static void test_list_filters(void **state)
{
	(void)state;
	seat_golden("zhangsan", "3/", "list-filter");
	seat_golden("zhangsan", "3/灭火器<Enter>", "list-filtered");
	seat_golden("zhangsan", "3/没有这样的词<Enter>", "list-nothing-found");
	seat_golden("zhangsan", "3<F5>", "list-month");
	seat_golden("zhangsan", "3<F6>", "list-state");
	seat_golden("zhangsan", "3<F7>", "list-department");
	seat_golden("zhangsan", "3<F8>", "list-sorted");
}

static void test_search(void **state)
{
	(void)state;
	seat_golden("zhangsan", "7", "search");
	seat_golden("zhangsan", "7异常<Enter>", "search-found");
	seat_golden("zhangsan", "7紫薇星<Enter>", "search-nothing");
}

static void test_regulation(void **state)
{
	(void)state;
	seat_golden("xuy", "5", "regulation");
	seat_golden("xuy", "5/保存现场<Enter>", "regulation-article");
}

static void test_registers(void **state)
{
	(void)state;
	seat_golden("zhangsan", "4", "registers");
	seat_golden("zhangsan", "41", "departments");
	seat_golden("zhangsan", "42", "people");
	seat_golden("zhangsan", "43", "assets");
}

static void test_reports_and_management(void **state)
{
	(void)state;
	seat_golden("zhangsan", "6", "reports");
	seat_golden("zhangsan", "8", "manage");
	seat_golden("zhangsan", "87", "manage-not-mine");
	seat_golden("chenl", "87", "accounts");
	seat_golden("hej", "86", "journal");
	seat_golden("zhangsan", "81", "password");
	seat_golden("zhangsan", "85wrong<Enter>", "verify-page-wrong");
	seat_golden("zhangsan", "<F1>", "help");
}

static void test_log_in(void **state)
{
	(void)state;
	seat_golden_of(&(struct seat_options){ .account = NULL }, "", "log-in");
	seat_golden_of(&(struct seat_options){ .account = NULL }, "zhangsan<Enter>Falsch#1<Enter>", "log-in-wrong");
	seat_golden_of(&(struct seat_options){ .account = NULL }, "zhangsan<Enter>Peixun#2026<Enter>", "bench-clerk");
}

static void test_lock_keeps_what_was_typed(void **state)
{
	struct seat *seat = seat_new(&(struct seat_options){ .account = NULL });

	(void)state;
	seat_keys(seat, "xuy<Enter>Peixun#2026<Enter>21<Tab>登记大厅");
	screen_pass(seat->screen, seat->loop, 15 * 60 * 1000 + 1000);
	screen_golden("lock-80x24");
	screen_hides("登记大厅");
	seat_keys(seat, "<Esc>falsch<Enter>");
	screen_golden("lock-wrong-80x24");
	seat_keys(seat, "Peixun#2026<Enter>");
	screen_shows("登记大厅");
	seat_free(&seat);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_list),
		cmocka_unit_test(test_list_filters),
		cmocka_unit_test(test_search),
		cmocka_unit_test(test_regulation),
		cmocka_unit_test(test_registers),
		cmocka_unit_test(test_reports_and_management),
		cmocka_unit_test(test_log_in),
		cmocka_unit_test(test_lock_keeps_what_was_typed),
	};

	return cmocka_run_group_tests(tests, seats_begin, seats_end);
}
