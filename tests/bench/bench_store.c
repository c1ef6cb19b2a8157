/*
 * The store beside bare SQLite: the same file format, the same durability, rows of the same size, but no queue,
 * no journal chain, no record hash, no search index. What the rules cost.
 */
#include "store/store.h"

#include "bench/bench.h"
#include "store/draft.h"

enum { DRAFTS = 1000, RECORDS = 300, PAGES = 500, PAGE = 20 };

static const char *const text = "不动产登记系统登录页面打不开，提示服务暂不可用，大厅十余名群众在等候缮证，已停止反复登录，改为手工收件。";

static sqlite3 *raw_store(const char *folder)
{
	char *path = path_join(folder, "raw.db"), *message = NULL;
	sqlite3 *raw = NULL;

	assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK);
	if (sqlite3_exec(raw, "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;"
	                      "CREATE TABLE row (id INTEGER PRIMARY KEY, at TEXT, title TEXT, body TEXT) STRICT;"
	                      "CREATE INDEX row_at ON row (at);", NULL, NULL, &message) != SQLITE_OK)
		fail_msg("%s", message);
	free(path);
	return raw;
}

static void raw_exec(sqlite3 *raw, const char *sql)
{
	assert_int_equal(sqlite3_exec(raw, sql, NULL, NULL, NULL), SQLITE_OK);
}

/* One row in a transaction of its own. */
static void raw_insert(sqlite3 *raw, sqlite3_stmt *insert, int n)
{
	char at[32];

	(void)snprintf(at, sizeof at, "2026-11-%02dT%06d", n % 28 + 1, n);
	raw_exec(raw, "BEGIN IMMEDIATE");
	sqlite3_bind_text(insert, 1, at, -1, SQLITE_TRANSIENT);
	sqlite3_bind_text(insert, 2, "异常情况", -1, SQLITE_STATIC);
	sqlite3_bind_text(insert, 3, text, -1, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(insert), SQLITE_DONE);
	sqlite3_reset(insert);
	raw_exec(raw, "COMMIT");
}

static double raw_inserts(sqlite3 *raw, const char *synchronous, int count)
{
	sqlite3_stmt *insert = NULL;
	double start;

	raw_exec(raw, synchronous);
	assert_int_equal(sqlite3_prepare_v2(raw, "INSERT INTO row (at, title, body) VALUES (?, ?, ?)", -1, &insert, NULL), SQLITE_OK);
	start = bench_now_us();
	for (int i = 0; i < count; i++)
		raw_insert(raw, insert, i);
	start = bench_now_us() - start;
	sqlite3_finalize(insert);
	return start / count;
}

static double raw_pages(sqlite3 *raw)
{
	sqlite3_stmt *select = NULL;
	const double start = bench_now_us();
	int rows = 0;

	assert_int_equal(sqlite3_prepare_v2(raw, "SELECT id, at, title, body FROM row WHERE at < ? ORDER BY at DESC LIMIT 20", -1,
	                                    &select, NULL), SQLITE_OK);
	for (int i = 0; i < PAGES; i++) {
		sqlite3_bind_text(select, 1, "2026-11-20", -1, SQLITE_STATIC);
		while (sqlite3_step(select) == SQLITE_ROW)
			rows += sqlite3_column_bytes(select, 3) > 0;
		sqlite3_reset(select);
	}
	assert_int_equal(rows, PAGES * PAGE);
	sqlite3_finalize(select);
	return (bench_now_us() - start) / PAGES;
}

/* What somebody types, kept again and again. */
static double our_drafts(struct db *db)
{
	struct store_draft draft = { .account = 1, .form = mem_text("patrol"), .form_hash = mem_text(form_hash()),
		                     .row = -1, .body = json_pack("{s:s}", "symptom", text) };
	const double start = bench_now_us();

	for (int i = 0; i < DRAFTS; i++) {
		ok(db_begin(db, DB_DRAFT, &err));
		ok(store_draft_save(db, &draft, &err));
		ok(db_commit(db, &err));
	}
	store_draft_release(&draft);
	return (bench_now_us() - start) / DRAFTS;
}

/* Insert, number, search index, journal with its chain and the record's hash, committed to the disk. */
static double our_records(struct db *db)
{
	const double start = bench_now_us();

	for (int i = 0; i < RECORDS; i++) {
		struct record *record = new_record("不动产登记系统登录页面打不开", clock_days(2026, 11, 1) * 86400 + i * 600);
		json_object_set_new(record->body, "symptom", json_string(text));
		file_record(db, record, "submitted");
		record_free(&record);
	}
	return (bench_now_us() - start) / RECORDS;
}

static double our_pages(struct db *db)
{
	const double start = bench_now_us();

	for (int i = 0; i < PAGES; i++) {
		const struct record_filter filter = { .form = "patrol", .limit = PAGE };
		struct record_page page = { 0 };
		ok(record_list(db, &filter, &page, &err));
		assert_int_equal(page.count, PAGE);
		record_page_release(&page);
	}
	return (bench_now_us() - start) / PAGES;
}

static void beside_bare_sqlite(void **state)
{
	char *folder = new_folder(), *raw_folder = new_folder();
	sqlite3 *raw = raw_store(raw_folder);
	struct db *db = open_store(folder, DB_CREATE);
	double floor_us;

	(void)state;
	fill_basics(db);
	floor_us = raw_inserts(raw, "PRAGMA synchronous=NORMAL", DRAFTS);
	bench_line("a draft kept (NORMAL)", our_drafts(db), floor_us, 0);
	floor_us = raw_inserts(raw, "PRAGMA synchronous=FULL", RECORDS);
	bench_line("a record filed, journal and index (FULL)", our_records(db), floor_us, 0);
	floor_us = raw_pages(raw);
	bench_line("a page of 20 records", our_pages(db), floor_us, 0);
	db_close(&db);
	sqlite3_close(raw);
	remove_folder(folder);
	remove_folder(raw_folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(beside_bare_sqlite) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
