/*
 * The n-th write, fsync, read or allocation fails, for every n: whatever was
 * being done either is done or is refused with a reason; nothing acknowledged is
 * lost, the session can go on, and the store is whole.
 */
#include "store/store.h"

#include "fault/failing.h"
#include "store/backup.h"
#include "store/check.h"

static char *folder;

static void check_whole(const char *when, long n, int64_t least)
{
	struct db *db = open_store(folder, DB_EXISTING);
	struct store_check *check = store_check_new(db, false, NULL);
	bool done = false;

	assert_non_null(check);
	while (!done)
		ok(store_check_step(check, &done, &err));
	if (store_check_report(check)->count > 0)
		fail_msg("%s, call %ld: %s", when, n, store_check_report(check)->findings[0].text);
	if (store_check_report(check)->records < least)
		fail_msg("%s, call %ld: a record that was acknowledged is not there", when, n);
	store_check_free(&check);
	ok(db_checkpoint(db, &err)); /* else every round would have a longer log to read than the last */
	db_close(&db);
}

static bool file_one(struct db *db, struct err *err)
{
	struct journal_line line = { .actor = &clerk, .action = "submit", .to = "filed" };
	struct record *record = new_record("机房日常巡检", 1000);
	int64_t n;
	bool done = db_begin(db, DB_DECISION, err) && record_insert(db, record, err) &&
	            sequence_next(db, "patrol", "2026", record->id, &n, err);

	if (done) {
		record->number = str_format("巡检-%lld", (long long)n);
		line.record = record->id;
	}
	done = done && record_update(db, record, err) && store_search_put(db, record->id, record->title, err) &&
	       journal_append(db, &line, NULL, err) && db_commit(db, err);
	db_rollback(db);
	record_free(&record);
	return done;
}

/* A whole session: opened, a record filed, the log folded, a page read, closed. */
static int64_t work(struct err *err)
{
	struct db *db = db_open(folder, DB_EXISTING, err);
	struct record_page page = { .items = NULL };
	int64_t filed = 0;

	if (db == NULL)
		return 0;
	filed += file_one(db, err);
	filed += file_one(db, filed == 1 ? err : NULL);
	if (filed == 2 && db_checkpoint(db, err) && record_list(db, &(struct record_filter){ .form = "patrol" }, &page, err))
		record_page_release(&page);
	db_close(&db);
	return filed;
}

static void every_nth(enum failing_call call, const char *name, long step)
{
	int64_t filed = 0;
	long n = 0, refusals = 0;
	bool failed = true;

	for (; failed; n += step) {
		struct err fault = { .code = ERR_NONE };

		failing_arm(call, n);
		filed += work(&fault);
		failed = failing_disarm();
		/* SQLite may do without some calls that fail; what it cannot do without has its reason. */
		if (fault.code != ERR_NONE) {
			refusals++;
			if (fault.code != ERR_SYSTEM && fault.code != ERR_DAMAGED && fault.code != ERR_BUSY)
				fail_msg("%s, call %ld: code %d: %s", name, n, (int)fault.code, fault.text);
			assert_true(strlen(fault.text) > 0);
		}
		check_whole(name, n, filed);
		assert_true(n < 20000);
	}
	print_message("%s: %ld calls made to fail, %ld refusals, %lld records filed, all there\n", name, n / step,
	              refusals, (long long)filed);
	assert_true(refusals > 0);
}

static void test_write(void **state)
{
	(void)state;
	every_nth(FAILING_WRITE, "write", 1);
}

static void test_sync(void **state)
{
	(void)state;
	every_nth(FAILING_SYNC, "fsync", 1);
}

static void test_read(void **state)
{
	(void)state;
	every_nth(FAILING_READ, "read", 1);
}

static void test_memory(void **state)
{
	(void)state;
	every_nth(FAILING_MEMORY, "allocation", 23);
}

/* A backup that could not be written is not there, and no half of it. */
static void test_backup(void **state)
{
	char *copy = path_join(folder, "copy.db"), *part = path_join(folder, "copy.db.part");
	struct db *db = open_store(folder, DB_EXISTING);
	bool failed = true;

	(void)state;
	for (long n = 0; failed; n += 5) {
		struct err fault = { .code = ERR_NONE };

		failing_arm(FAILING_WRITE, n);
		const bool done = store_backup_write(db, copy, NULL, &fault);
		failed = failing_disarm();
		if (done != path_exists(copy) || path_exists(part))
			fail_msg("write %ld: %s", n, fault.text);
		if (!done)
			assert_int_equal(fault.code, ERR_SYSTEM);
		if (done)
			ok(store_backup_verify(copy, NULL, &err));
		unlink(copy);
	}
	db_close(&db);
	free(copy);
	free(part);
}

static int setup(void **state)
{
	struct db *db;

	(void)state;
	folder = new_folder();
	db = open_store(folder, DB_CREATE);
	fill_basics(db);
	db_close(&db);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	remove_folder(folder);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_write, setup, teardown),
		cmocka_unit_test_setup_teardown(test_sync, setup, teardown),
		cmocka_unit_test_setup_teardown(test_read, setup, teardown),
		cmocka_unit_test_setup_teardown(test_memory, setup, teardown),
		cmocka_unit_test_setup_teardown(test_backup, setup, teardown),
	};

	failing_memory_install();
	failing_disk_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
