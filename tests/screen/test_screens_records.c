/* A record, what is done with it, and what it says when that is refused. */
#include "screen/seat.h"

static void test_record(void **state)
{
	(void)state;
	seat_golden("ligq", "<Enter>", "record");
	seat_golden("ligq", "<Enter><PgDn>", "record-below");
	seat_golden("zhangsan", "3<Enter>", "record-not-mine");
	seat_golden("zhangsan", "7信事<Enter><Enter>", "record-incident");
	seat_golden("zhangsan", "7信事<Enter><Enter><End>", "record-incident-end");
	seat_golden_of(&(struct seat_options){ .account = "ligq", .english = true }, "<Enter>", "record-english");
}

static void test_steps(void **state)
{
	(void)state;
	seat_golden("ligq", "<Enter><F9>", "record-steps");
	seat_golden("zhangsan", "3<Enter><F9>", "record-steps-of-others");
	seat_golden("ligq", "<Enter>1", "record-opinion");
	seat_golden("ligq", "<Enter>1<F3>", "record-opinion-phrases");
	seat_golden("ligq", "<Enter>2<F9>", "record-reason-must-be");
}

/* One decision, and the next record stands there by itself; after the last the work bench. */
static void test_next_comes_by_itself(void **state)
{
	struct seat *seat = seat_new(&(struct seat_options){ .account = "ligq" });

	(void)state;
	seat_keys(seat, "<Enter>");
	screen_shows("巡检-20261120-01");
	seat_keys(seat, "1<F9>");
	screen_shows("巡检-20261120-02");
	screen_golden("record-next-80x24");
	seat_keys(seat, "1<F9>");
	screen_shows("没有等您办理的单据");
	seat_free(&seat);
}

static void test_amend(void **state)
{
	(void)state;
	seat_golden("ligq", "<Enter><F3>", "amend-which");
	seat_golden("ligq", "<Enter><F3>天气<Enter>", "amend-value");
	seat_golden("ligq", "<Enter><F3>天气<Enter><Enter>短", "amend-reason");
}

static void test_history_and_links(void **state)
{
	(void)state;
	seat_golden("ligq", "<Enter><F4>", "history");
	seat_golden("ligq", "<Enter><F6>", "links");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_record),
		cmocka_unit_test(test_steps),
		cmocka_unit_test(test_next_comes_by_itself),
		cmocka_unit_test(test_amend),
		cmocka_unit_test(test_history_and_links),
	};

	return cmocka_run_group_tests(tests, seats_begin, seats_end);
}
