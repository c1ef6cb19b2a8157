/* The door: opening, transactions, what it lets through and what not. */
#include "store/store.h"

#include "store/migrate.h"
#include "store/print_log.h"
#include "store/queue.h"
#include "store/setting.h"

static char *folder;
static struct db *db;

static int setup(void **state)
{
	(void)state;
	folder = new_folder();
	db = open_store(folder, DB_CREATE);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	db_close(&db);
	remove_folder(folder);
	return 0;
}

static void test_files_are_private(void **state)
{
	struct stat st;
	static const char *const names[] = { "yunwei.db", "yunwei.db-wal", "yunwei.lock" };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		char *path = path_join(folder, names[i]);

		assert_int_equal(stat(path, &st), 0);
		assert_int_equal(st.st_mode & 0777, 0600);
		free(path);
	}
}

static void test_settings_of_a_connection(void **state)
{
	sqlite3 *raw;
	sqlite3_stmt *stmt;
	char *path = path_join(folder, "yunwei.db");

	(void)state;
	assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(raw, "SELECT * FROM pragma_journal_mode, pragma_application_id", -1, &stmt,
	                                    NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	assert_string_equal(sqlite3_column_text(stmt, 0), "wal");
	assert_int_equal(sqlite3_column_int(stmt, 1), MIGRATE_APPLICATION_ID);
	sqlite3_finalize(stmt);
	sqlite3_close(raw);
	free(path);
	assert_int_equal(db_schema(db), db_schema_newest());
	assert_true(strchr(db_sqlite_version(), '.') != NULL);
}

static void test_create_refuses_a_store(void **state)
{
	(void)state;
	refused(db_open(folder, DB_CREATE, &err), ERR_REFUSED);
}

static void test_open_refuses_nothing(void **state)
{
	char *none = path_join(folder, "none");

	(void)state;
	refused(db_open(none, DB_EXISTING, &err), ERR_REFUSED);
	assert_false(path_exists(none)); /* and leaves nothing behind */
	free(none);
}

static void test_empty_file_of_an_init_cut_off(void **state)
{
	char *other = new_folder(), *path = path_join(other, "yunwei.db");
	struct db *made;

	(void)state;
	fclose(fopen(path, "w"));
	refused(db_open(other, DB_EXISTING, &err), ERR_DAMAGED);
	made = open_store(other, DB_CREATE);
	db_close(&made);
	free(path);
	remove_folder(other);
}

static void test_commit_and_rollback(void **state)
{
	char *value;

	(void)state;
	ok(db_begin(db, DB_DECISION, &err));
	ok(setting_set(db, "a", "1", &err));
	ok(db_commit(db, &err));
	ok(db_begin(db, DB_DRAFT, &err));
	ok(setting_set(db, "a", "2", &err));
	db_rollback(db);
	db_rollback(db); /* once too often does no harm */
	value = setting_get(db, "a", NULL);
	assert_string_equal(value, "1");
	free(value);
	ok(db_begin(db, DB_DECISION, &err));
	ok(setting_set(db, "a", NULL, &err));
	ok(db_commit(db, &err));
	assert_null(setting_get(db, "a", NULL));
	refused(db_commit(db, &err), ERR_SYSTEM);
}

static void test_no_write_outside_a_transaction(void **state)
{
	(void)state;
	refused(setting_set(db, "a", "1", &err), ERR_SYSTEM);
}

static void test_no_nesting(void **state)
{
	struct err fault = { .code = ERR_NONE };

	(void)state;
	ok(db_begin(db, DB_DECISION, &err));
	assert_false(db_begin(db, DB_DECISION, &fault));
	assert_non_null(strstr(fault.text, "test_db.c")); /* it says where the first one began */
	refused(db_snapshot_begin(db, &err), ERR_SYSTEM);
	assert_true(db_in_transaction(db));
	db_rollback(db);
	assert_false(db_in_transaction(db));
}

static void test_changed_by_another(void **state)
{
	struct db *other = open_store(folder, DB_EXISTING);

	(void)state;
	assert_false(db_changed(db));
	ok(db_begin(db, DB_DECISION, &err));
	ok(setting_set(db, "mine", "1", &err));
	ok(db_commit(db, &err));
	assert_false(db_changed(db));
	ok(db_begin(other, DB_DECISION, &err));
	ok(setting_set(other, "theirs", "1", &err));
	ok(db_commit(other, &err));
	assert_true(db_changed(db));
	assert_false(db_changed(db));
	db_close(&other);
}

static void test_snapshot_does_not_see_later_writes(void **state)
{
	struct db *other = open_store(folder, DB_EXISTING);
	char *value;

	(void)state;
	ok(db_snapshot_begin(db, &err));
	ok(db_begin(other, DB_DECISION, &err));
	ok(setting_set(other, "late", "1", &err));
	ok(db_commit(other, &err));
	assert_null(setting_get(db, "late", NULL));
	refused(setting_set(db, "a", "1", &err), ERR_SYSTEM);
	db_snapshot_end(db);
	value = setting_get(db, "late", NULL);
	assert_string_equal(value, "1");
	free(value);
	db_close(&other);
}

static void test_second_writer_waits_in_vain(void **state)
{
	struct db *other = open_store(folder, DB_EXISTING);

	(void)state;
	db_set_wait(other, 50);
	ok(db_begin(db, DB_DECISION, &err));
	refused(db_begin(other, DB_DECISION, &err), ERR_BUSY);
	db_rollback(db);
	ok(db_begin(other, DB_DECISION, &err));
	db_rollback(other);
	db_close(&other);
}

static void test_gate(void **state)
{
	struct store_account account = { .login = (char *)"lisi", .person = (char *)"张三" };

	(void)state;
	fill_basics(db);
	ok(db_begin(db, DB_DECISION, &err));
	refused(store_account_save(db, &account, &err), ERR_DENIED);
	db_gate(db, true);
	ok(store_account_save(db, &account, &err));
	ok(db_commit(db, &err));
	/* The statement is prepared by now; the gate closed with the commit. */
	ok(db_begin(db, DB_DECISION, &err));
	refused(store_account_save(db, &account, &err), ERR_DENIED);
	ok(store_account_note_failure(db, account.id, 0, &err)); /* attempts are always counted */
	refused(store_account_save(db, &account, &err), ERR_DENIED);
	db_rollback(db);
}

static void test_unjournaled_record_is_not_committed(void **state)
{
	struct record *record = new_record("巡检", 1000);
	int64_t count;

	(void)state;
	fill_basics(db);
	ok(db_begin(db, DB_DECISION, &err));
	ok(record_insert(db, record, &err));
	refused(db_commit(db, &err), ERR_SYSTEM);
	assert_false(db_in_transaction(db));
	ok(record_count(db, &(struct record_filter){ .form = "patrol" }, 0, &count, &err));
	assert_int_equal(count, 0);
	record_free(&record);
}

static void test_newer_program_took_over(void **state)
{
	(void)state;
	meddle(folder, "PRAGMA user_version = 99");
	refused(db_begin(db, DB_DECISION, &err), ERR_BUSY);
	refused(db_open(folder, DB_EXISTING, &err), ERR_REFUSED);
}

static void test_alone(void **state)
{
	char *lock = path_join(folder, "yunwei.lock");
	struct queue *queue = queue_open(lock, NULL);

	(void)state;
	assert_non_null(queue);
	refused(queue_be_alone(queue, &err), ERR_BUSY);
	db_close(&db);
	ok(queue_be_alone(queue, &err));
	refused(db_open(folder, DB_EXISTING, &err), ERR_BUSY);
	queue_close(&queue);
	free(lock);
}

static void test_checkpoint_empties_the_log(void **state)
{
	char *log = path_join(folder, "yunwei.db-wal");
	struct stat st;

	(void)state;
	fill_basics(db);
	assert_int_equal(stat(log, &st), 0);
	assert_true(st.st_size > 0);
	ok(db_checkpoint(db, &err));
	assert_int_equal(stat(log, &st), 0);
	assert_int_equal(st.st_size, 0);
	free(log);
}

static void test_log_stays_small(void **state)
{
	char *log = path_join(folder, "yunwei.db-wal"), *text = mem_zeroed(40000, 1);
	struct stat st;
	off_t most = 0;

	(void)state;
	memset(text, 'x', 39999);
	for (int i = 0; i < 400; i++) {
		ok(db_begin(db, DB_DRAFT, &err));
		ok(setting_set(db, i % 2 == 0 ? "a" : "b", text, &err));
		ok(db_commit(db, &err));
		assert_int_equal(stat(log, &st), 0);
		most = st.st_size > most ? st.st_size : most;
	}
	/* 400 * 10 pages were written; without checkpoints the log would be 16 MB. */
	assert_in_range(most, 1, 6 * 1024 * 1024);
	free(text);
	free(log);
}

/* What only grows, also against our own mistakes: the door's authorizer is asked at every statement. */
static void test_tables_that_only_grow(void **state)
{
	struct record *record = new_record("巡检", 1000);
	struct print_entry print = { .what = (char *)"patrol", .person = (char *)"张三" };
	static const char *const forbidden[] = {
		"UPDATE journal SET note = 'x'", "DELETE FROM journal", "DELETE FROM journal_head",
		"UPDATE form_version SET source = 'x'", "DELETE FROM form_version", "DELETE FROM record",
		"UPDATE allotment SET n = 9", "DELETE FROM sequence", "UPDATE print_log SET copy = 9",
		"UPDATE attachment SET name = 'x'", "DELETE FROM person", "DROP TABLE journal",
		"CREATE TABLE mine (x)", "ATTACH ':memory:' AS other", "UPDATE account SET password = NULL",
	};

	(void)state;
	fill_basics(db);
	print.record = 0;
	file_record(db, record, "filed");
	ok(db_begin(db, DB_DECISION, &err));
	ok(print_log_add(db, &print, &err));
	for (size_t i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]); i++)
		refused(run_sql(db, forbidden[i], &err), ERR_DENIED);
	ok(db_commit(db, &err));
	record_free(&record);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_files_are_private, setup, teardown),
		cmocka_unit_test_setup_teardown(test_settings_of_a_connection, setup, teardown),
		cmocka_unit_test_setup_teardown(test_create_refuses_a_store, setup, teardown),
		cmocka_unit_test_setup_teardown(test_open_refuses_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(test_empty_file_of_an_init_cut_off, setup, teardown),
		cmocka_unit_test_setup_teardown(test_commit_and_rollback, setup, teardown),
		cmocka_unit_test_setup_teardown(test_no_write_outside_a_transaction, setup, teardown),
		cmocka_unit_test_setup_teardown(test_no_nesting, setup, teardown),
		cmocka_unit_test_setup_teardown(test_changed_by_another, setup, teardown),
		cmocka_unit_test_setup_teardown(test_snapshot_does_not_see_later_writes, setup, teardown),
		cmocka_unit_test_setup_teardown(test_second_writer_waits_in_vain, setup, teardown),
		cmocka_unit_test_setup_teardown(test_gate, setup, teardown),
		cmocka_unit_test_setup_teardown(test_unjournaled_record_is_not_committed, setup, teardown),
		cmocka_unit_test_setup_teardown(test_newer_program_took_over, setup, teardown),
		cmocka_unit_test_setup_teardown(test_alone, setup, teardown),
		cmocka_unit_test_setup_teardown(test_checkpoint_empties_the_log, setup, teardown),
		cmocka_unit_test_setup_teardown(test_log_stays_small, setup, teardown),
		cmocka_unit_test_setup_teardown(test_tables_that_only_grow, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
