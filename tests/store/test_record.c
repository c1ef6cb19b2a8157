/* Records: whole there and back, the version check, and lists by every filter and order. */
#include "store/store.h"

#include "store/db_parts.h"

static char *folder;
static struct db *db;

static int setup(void **state)
{
	(void)state;
	folder = new_folder();
	db = open_store(folder, DB_CREATE);
	fill_basics(db);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	db_close(&db);
	remove_folder(folder);
	return 0;
}

static int64_t at(const char *stamp)
{
	int64_t utc;

	assert_true(clock_parse(stamp, &utc));
	return utc;
}

static void test_there_and_back(void **state)
{
	struct record *in = new_record("机房日常巡检 2026-11-22", at("2026-11-22T01:05:00Z")), *out;
	char hex[HASH_HEX_SIZE];

	(void)state;
	in->late = true;
	in->filing_number = mem_text("信备〔2026〕35号");
	file_record(db, in, "filed");
	assert_int_equal(in->version, 2);
	out = record_by_id(db, in->id, NULL);
	assert_non_null(out);
	assert_string_equal(out->form, "patrol");
	assert_string_equal(out->form_hash, form_hash());
	assert_string_equal(out->number, "巡检-1");
	assert_string_equal(out->code, "HC2026-0001");
	assert_string_equal(out->filing_number, "信备〔2026〕35号");
	assert_string_equal(out->state, "filed");
	assert_string_equal(out->department, "信息中心");
	assert_string_equal(out->applicant, "张三");
	assert_int_equal(out->author, 1);
	assert_string_equal(out->title, in->title);
	assert_int_equal(out->occurred_utc, in->occurred_utc);
	assert_int_equal(out->entered_utc, in->entered_utc);
	assert_int_equal(out->submitted_utc, in->submitted_utc);
	assert_int_equal(out->updated_utc, in->updated_utc);
	assert_int_equal(out->state_since_utc, in->state_since_utc);
	assert_int_equal(out->version, 2);
	assert_true(out->late);
	assert_true(json_equal(out->body, in->body));
	ok(record_hash(db, in->id, hex, &err));
	assert_int_equal(strlen(hex), 64);
	record_free(&in);
	record_free(&out);
}

static void expect_found(const char *what, int64_t id)
{
	struct err fault = { .code = ERR_NONE };
	struct record *record = record_find(db, what, &fault);

	assert_int_equal(fault.code, ERR_NONE);
	if ((record != NULL ? record->id : 0) != id)
		fail_msg("%s finds %lld", what, record != NULL ? (long long)record->id : 0LL);
	record_free(&record);
}

static void test_find(void **state)
{
	struct record *record = new_record("巡检", 1000);

	(void)state;
	record->filing_number = mem_text("信备〔2026〕35号");
	file_record(db, record, "filed");
	expect_found("巡检-1", 1);
	expect_found("HC2026-0001", 1);
	expect_found("hc2026-0001", 1);
	expect_found("信备〔2026〕35号", 1);
	expect_found("#1", 1);
	expect_found("#2", 0);
	expect_found("#", 0);
	expect_found("#1x", 0);
	expect_found("", 0);
	expect_found("'; DROP TABLE record; --", 0);
	record_free(&record);
}

static void test_version_check(void **state)
{
	struct record *record = new_record("巡检", 1000), *other;

	(void)state;
	file_record(db, record, "open");
	other = record_by_id(db, record->id, NULL);
	ok(db_begin(db, DB_DECISION, &err));
	ok(record_update(db, other, &err));
	refused(record_update(db, record, &err), ERR_BUSY);
	assert_int_equal(record->version, 2);
	assert_int_equal(other->version, 3);
	db_rollback(db);
	record_free(&record);
	record_free(&other);
}

static void test_numbers_are_unique(void **state)
{
	struct record *record = new_record("一", 1000), *other = new_record("二", 1000);

	(void)state;
	file_record(db, record, "filed");
	other->number = mem_text(record->number);
	ok(db_begin(db, DB_DECISION, &err));
	refused(record_insert(db, other, &err), ERR_REFUSED);
	db_rollback(db);
	record_free(&record);
	record_free(&other);
}

static void test_unknown_form_version_is_refused(void **state)
{
	struct record *record = new_record("一", 1000);

	(void)state;
	free(record->form_hash);
	record->form_hash = mem_text("nowhere");
	ok(db_begin(db, DB_DECISION, &err));
	refused(record_insert(db, record, &err), ERR_REFUSED);
	db_rollback(db);
	record_free(&record);
}

static void test_hash_tells_every_change(void **state)
{
	struct record *record = new_record("一", 1000);
	char before[HASH_HEX_SIZE], after[HASH_HEX_SIZE];

	(void)state;
	file_record(db, record, "filed");
	ok(record_hash(db, 1, before, &err));
	meddle(folder, "UPDATE record SET body = replace(body, '21.5', '21.6')");
	ok(record_hash(db, 1, after, &err));
	assert_string_not_equal(before, after);
	record_free(&record);
}

/* 60 records, one a day from 2026-10-01, in two states and two departments; every 20th has no time of its own. */
static void fill(void)
{
	for (int i = 0; i < 60; i++) {
		const int64_t day = at("2026-10-01T02:00:00Z") + (int64_t)i * 86400;
		char *title = str_format("巡检 第%d次 %s", i, i % 15 == 0 ? "空调告警" : "正常");
		struct record *record = new_record(title, i % 20 == 19 ? 0 : day);

		record->entered_utc = day + 3600;
		record->late = i % 30 == 7;
		if (i % 3 == 0) {
			free(record->department);
			record->department = mem_text("财务股");
		}
		file_record(db, record, i % 10 == 0 ? "open" : "filed");
		record_free(&record);
		free(title);
	}
}

static size_t count_all(struct record_filter filter)
{
	struct record_page page;
	int64_t counted;
	size_t count;

	filter.limit = 1000;
	ok(record_list(db, &filter, &page, &err));
	ok(record_count(db, &filter, 0, &counted, &err));
	assert_int_equal(page.count, counted);
	assert_false(page.more);
	count = page.count;
	record_page_release(&page);
	return count;
}

static void test_filters(void **state)
{
	static const char *const open_state[] = { "open", NULL }, *const both[] = { "open", "filed", NULL };
	static const char *const patrol[] = { "patrol", "incident", NULL }, *const none[] = { NULL };

	(void)state;
	fill();
	assert_int_equal(count_all((struct record_filter){ .form = NULL }), 60);
	assert_int_equal(count_all((struct record_filter){ .form = "patrol" }), 60);
	assert_int_equal(count_all((struct record_filter){ .form = "incident" }), 0);
	assert_int_equal(count_all((struct record_filter){ .forms = patrol }), 60);
	assert_int_equal(count_all((struct record_filter){ .forms = none }), 0);
	assert_int_equal(count_all((struct record_filter){ .states = none }), 0);
	assert_int_equal(count_all((struct record_filter){ .form = "patrol", .states = open_state }), 6);
	assert_int_equal(count_all((struct record_filter){ .form = "patrol", .states = both }), 60);
	assert_int_equal(count_all((struct record_filter){ .department = "财务股" }), 20);
	assert_int_equal(count_all((struct record_filter){ .department = "财务股", .states = open_state }), 2);
	assert_int_equal(count_all((struct record_filter){ .applicant = "张三", .form = "patrol" }), 60);
	assert_int_equal(count_all((struct record_filter){ .applicant = "李四" }), 0);
	assert_int_equal(count_all((struct record_filter){ .author = 1, .states = open_state }), 6);
	assert_int_equal(count_all((struct record_filter){ .author = 2 }), 0);
	assert_int_equal(count_all((struct record_filter){ .late = true }), 2);
	assert_int_equal(count_all((struct record_filter){ .form = "patrol", .late = true }), 2);
	assert_int_equal(count_all((struct record_filter){ .numbered = true }), 60);
	assert_int_equal(count_all((struct record_filter){ .from_utc = at("2026-11-01T00:00:00Z"),
	                                                   .until_utc = at("2026-12-01T00:00:00Z") }), 29);
	assert_int_equal(count_all((struct record_filter){ .text = "空调" }), 4);
	assert_int_equal(count_all((struct record_filter){ .text = "空调", .states = open_state }), 2);
	assert_int_equal(count_all((struct record_filter){ .text = "  ，。 " }), 0);
	assert_int_equal(count_all((struct record_filter){ .text = "'; DROP TABLE record" }), 0);
}

static void test_count_stops(void **state)
{
	int64_t count;

	(void)state;
	fill();
	ok(record_count(db, &(struct record_filter){ .form = "patrol" }, 10, &count, &err));
	assert_int_equal(count, 10);
}

static void test_count_states(void **state)
{
	struct state_count *counts;
	size_t n;

	(void)state;
	fill();
	ok(record_count_states(db, &(struct record_filter){ .form = "patrol" }, &counts, &n, &err));
	assert_int_equal(n, 2);
	assert_string_equal(counts[0].state, "filed");
	assert_int_equal(counts[0].count, 54);
	assert_int_equal(counts[1].count, 6);
	free(counts);
}

/* The whole list, page by page of 7, gives each record once, in order, and the way back gives the same. */
static void walk(struct record_filter filter)
{
	int64_t ids[100];
	size_t n = 0, pages = 0;
	char *key = NULL;
	struct record_page page;

	filter.limit = 7;
	do {
		filter.key = key;
		ok(record_list(db, &filter, &page, &err));
		for (size_t i = 0; i < page.count; i++)
			ids[n++] = page.items[i]->id;
		free(key);
		key = page.count > 0 ? record_key(page.items[page.count - 1], filter.sort) : NULL;
		pages++;
		const bool more = page.more;
		record_page_release(&page);
		if (!more)
			break;
	} while (pages < 20);
	assert_int_equal(n, 60);
	assert_int_equal(pages, 9);
	filter.key = key;
	filter.backward = true;
	filter.limit = 59;
	ok(record_list(db, &filter, &page, &err));
	assert_int_equal(page.count, 59);
	assert_false(page.more);
	for (size_t i = 0; i < 59; i++)
		assert_int_equal(page.items[i]->id, ids[i]);
	record_page_release(&page);
	free(key);
	/* And beginning with a record itself. */
	filter.backward = false;
	filter.inclusive = true;
	struct record *middle = record_by_id(db, ids[30], NULL);
	filter.key = key = record_key(middle, filter.sort);
	ok(record_list(db, &filter, &page, &err));
	assert_int_equal(page.items[0]->id, ids[30]);
	assert_int_equal(page.items[1]->id, ids[31]);
	record_page_release(&page);
	record_free(&middle);
	free(key);
}

static void test_pages_in_every_order(void **state)
{
	(void)state;
	fill();
	for (int sort = RECORD_BY_TIME; sort <= RECORD_BY_ID; sort++)
		for (int ascending = 0; ascending <= 1; ascending++) {
			walk((struct record_filter){ .form = "patrol", .sort = (enum record_sort)sort,
			                             .ascending = ascending != 0 });
			walk((struct record_filter){ .text = "巡检", .sort = (enum record_sort)sort,
			                             .ascending = ascending != 0 });
		}
}

static void test_newest_first(void **state)
{
	struct record_page page;

	(void)state;
	fill();
	ok(record_list(db, &(struct record_filter){ .limit = 2 }, &page, &err));
	assert_int_equal(page.items[0]->id, 60); /* without a time of its own: by when it was entered */
	assert_int_equal(page.items[1]->id, 59);
	assert_true(page.more);
	record_page_release(&page);
	ok(record_list(db, &(struct record_filter){ .backward = true, .limit = 2 }, &page, &err));
	assert_int_equal(page.items[1]->id, 1); /* the last ones, still newest first */
	assert_int_equal(page.items[0]->id, 2);
	record_page_release(&page);
}

static void test_bad_key(void **state)
{
	static const char *const keys[] = { "", "x", "1", "1\t2\t3\t4x", "\t" };
	struct record_page page;

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		struct record_filter filter = { .sort = RECORD_BY_DEPARTMENT, .key = keys[i] };
		struct err fault = { .code = ERR_NONE };

		if (record_list(db, &filter, &page, &fault))
			record_page_release(&page);
		else
			assert_int_equal(fault.code, ERR_REFUSED);
	}
}

/* The plan of the list that was asked for last, as SQLite tells it. */
static char *plan_of_last(void)
{
	uint64_t latest = 0;
	char *sql = NULL;
	struct str plan = STR_INIT;

	for (size_t i = 0; i < STATEMENTS_MOST; i++)
		if (db->statements[i].stmt != NULL && db->statements[i].used > latest) {
			latest = db->statements[i].used;
			free(sql);
			sql = str_format("EXPLAIN QUERY PLAN %s", sqlite3_sql(db->statements[i].stmt));
		}
	assert_non_null(sql);
	struct query query = query_open(db, sql, NULL);
	while (query_row(&query)) {
		query.read = 3;
		str_add(&plan, query_peek_text(&query, NULL));
		str_add(&plan, "; ");
	}
	assert_true(query_close(&query));
	free(sql);
	return str_take(&plan);
}

/* No list that people look at may sort the whole table, or read it from end to end. */
static void test_lists_use_their_indexes(void **state)
{
	static const char *const open_state[] = { "open", NULL }, *const forms[] = { "a", "b", NULL };
	static const struct { struct record_filter filter; const char *index; } lists[] = {
		{ { .form = "x" }, "record_form_time" },
		{ { .form = "x", .numbered = true }, "record_form_time" },
		{ { .form = "x", .from_utc = 1, .until_utc = 2, .ascending = true }, "record_form_time" },
		{ { .form = "x", .key = "5\t2026-01-01T00:00:00Z" }, "record_form_time" },
		{ { .form = "x", .states = open_state }, "record_form_state" },
		{ { .form = "x", .states = open_state, .department = "y" }, "record_form_state" },
		{ { .form = "x", .department = "y" }, "record_form_department" },
		{ { .form = "x", .department = "y", .key = "5\t2026-01-01T00:00:00Z" }, "record_form_department" },
		{ { .form = "x", .sort = RECORD_BY_DEPARTMENT }, "record_form_department" },
		{ { .form = "x", .sort = RECORD_BY_NUMBER, .key = "5\tHC2026-0001" }, "record_form_code" },
		{ { .form = "x", .sort = RECORD_BY_UPDATE }, "record_form_update" },
		{ { .sort = RECORD_BY_UPDATE }, "record_update" },
		{ { .forms = forms }, "record_time" },
		{ { .form = NULL }, "record_time" },
		{ { .states = open_state }, "record_state" },
		{ { .department = "y" }, "record_department" },
		{ { .applicant = "y", .form = "x", .states = open_state }, "record_applicant" },
		{ { .author = 1, .form = "x" }, "record_author" },
		{ { .form = "x", .late = true }, "record_late" },
		{ { .sort = RECORD_BY_ID }, "SCAN r;" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		struct record_page page;

		ok(record_list(db, &lists[i].filter, &page, &err));
		record_page_release(&page);
		char *plan = plan_of_last();
		if (strstr(plan, lists[i].index) == NULL || strstr(plan, "TEMP B-TREE") != NULL)
			fail_msg("list %zu: %s", i, plan);
		free(plan);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_there_and_back, setup, teardown),
		cmocka_unit_test_setup_teardown(test_find, setup, teardown),
		cmocka_unit_test_setup_teardown(test_version_check, setup, teardown),
		cmocka_unit_test_setup_teardown(test_numbers_are_unique, setup, teardown),
		cmocka_unit_test_setup_teardown(test_unknown_form_version_is_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(test_hash_tells_every_change, setup, teardown),
		cmocka_unit_test_setup_teardown(test_filters, setup, teardown),
		cmocka_unit_test_setup_teardown(test_count_stops, setup, teardown),
		cmocka_unit_test_setup_teardown(test_count_states, setup, teardown),
		cmocka_unit_test_setup_teardown(test_pages_in_every_order, setup, teardown),
		cmocka_unit_test_setup_teardown(test_newest_first, setup, teardown),
		cmocka_unit_test_setup_teardown(test_bad_key, setup, teardown),
		cmocka_unit_test_setup_teardown(test_lists_use_their_indexes, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
