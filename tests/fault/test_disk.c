/* The disk is full, the folder belongs to somebody else, the file is no store: a clear word each time, nothing lost. */
#include "fault/crowd.h"

#include <sys/resource.h>

#include "store/backup.h"
#include "store/check.h"

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

static void check_whole(int64_t records)
{
	struct store_check *check = store_check_new(db, false, NULL);
	bool done = false;

	assert_non_null(check);
	while (!done)
		ok(store_check_step(check, &done, &err));
	if (store_check_report(check)->count > 0)
		fail_msg("%s", store_check_report(check)->findings[0].text);
	assert_int_equal(store_check_report(check)->records, records);
	store_check_free(&check);
}

/* Files may not grow beyond SIZE bytes: what a full disk does to us. */
static void limit_files(rlim_t size)
{
	struct rlimit limit;

	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = size;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static bool file_quietly(struct record *record, struct err *err)
{
	struct journal_line line = { .actor = &clerk, .action = "submit" };

	if (!db_begin(db, DB_DECISION, err))
		return false;
	if (record_insert(db, record, err)) {
		line.record = record->id;
		if (journal_append(db, &line, NULL, err) && db_commit(db, err))
			return true;
	}
	db_rollback(db);
	return false;
}

static void test_disk_fills_up(void **state)
{
	struct err fault = { .code = ERR_NONE };
	struct stat st;
	char *log = path_join(folder, "yunwei.db-wal");
	int64_t filed = 0;

	(void)state;
	assert_int_equal(stat(log, &st), 0);
	limit_files((rlim_t)st.st_size + 200000);
	for (bool more = true; more;) {
		struct record *record = new_record("机房日常巡检", 1000);

		more = file_quietly(record, &fault);
		filed += more;
		record_free(&record);
		assert_true(filed < 1000);
	}
	assert_int_equal(fault.code, ERR_SYSTEM);
	assert_non_null(strstr(fault.text, "yunwei.db"));
	assert_false(db_in_transaction(db));
	/* Reading goes on, and so does writing once there is room again. */
	check_whole(filed);
	limit_files(RLIM_INFINITY);
	struct record *record = new_record("机房日常巡检", 1000);
	ok(file_quietly(record, &err));
	record_free(&record);
	check_whole(filed + 1);
	assert_true(filed > 0);
	free(log);
}

static void test_no_room_for_a_backup(void **state)
{
	char *copy = path_join(folder, "copy.db"), *part = path_join(folder, "copy.db.part");

	(void)state;
	limit_files(50000);
	refused(store_backup_write(db, copy, NULL, &err), ERR_SYSTEM);
	limit_files(RLIM_INFINITY);
	assert_false(path_exists(copy));
	assert_false(path_exists(part));
	ok(store_backup_write(db, copy, NULL, &err));
	free(copy);
	free(part);
}

/* Runs TRY as somebody who owns nothing here; the test itself may be run by root. */
static void as_nobody(bool (*attempt)(struct err *err), enum err_code expected, const char *words)
{
	struct err fault = { .code = ERR_NONE };
	int status;

	if (geteuid() != 0) {
		if (attempt(&fault) || fault.code != expected || strstr(fault.text, words) == NULL)
			fail_msg("code %d: %s", (int)fault.code, fault.text);
		return;
	}
	const pid_t child = fork();
	if (child == 0) {
		if (setgid(65534) != 0 || setuid(65534) != 0)
			_exit(9);
		const bool done = attempt(&fault);
		fprintf(stderr, "%s\n", fault.text);
		_exit(done || fault.code != expected || strstr(fault.text, words) == NULL ? 1 : 0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static bool try_open(struct err *err)
{
	struct db *other = db_open(folder, DB_EXISTING, err);

	db_close(&other);
	return other != NULL || err->code == ERR_NONE;
}

static bool try_create(struct err *err)
{
	char *sub = path_join(folder, "sub");
	struct db *other = db_open(sub, DB_CREATE, err);

	db_close(&other);
	free(sub);
	return err->code == ERR_NONE;
}

static void test_folder_of_somebody_else(void **state)
{
	(void)state;
	db_close(&db);
	assert_int_equal(chmod(folder, 0500), 0); /* for those who are not root */
	if (geteuid() != 0) {
		char *path = path_join(folder, "yunwei.db");

		assert_int_equal(chmod(path, 0400), 0);
		as_nobody(try_open, ERR_SYSTEM, "yunwei.db");
		assert_int_equal(chmod(path, 0600), 0);
		free(path);
	} else {
		as_nobody(try_open, ERR_SYSTEM, folder);
	}
	as_nobody(try_create, ERR_SYSTEM, folder);
	assert_int_equal(chmod(folder, 0700), 0);
	db = open_store(folder, DB_EXISTING);
}

/* The file may be read, but neither it nor its folder written: a read-only disk. */
static void test_read_only_folder(void **state)
{
	static const char *const names[] = { "yunwei.db", "yunwei.db-wal", "yunwei.db-shm", "yunwei.lock" };

	(void)state;
	db_close(&db);
	for (size_t i = 0; i < 4; i++) {
		char *path = path_join(folder, names[i]);

		chmod(path, 0444);
		free(path);
	}
	assert_int_equal(chmod(folder, 0555), 0);
	as_nobody(try_open, ERR_SYSTEM, "yunwei.db");
	assert_int_equal(chmod(folder, 0700), 0);
	for (size_t i = 0; i < 4; i++) {
		char *path = path_join(folder, names[i]);

		chmod(path, 0600);
		free(path);
	}
	db = open_store(folder, DB_EXISTING);
}

static void overwrite(const char *bytes, size_t len)
{
	char *path = path_join(folder, "yunwei.db");
	FILE *file = fopen(path, "w");

	fwrite(bytes, 1, len, file);
	fclose(file);
	free(path);
}

/* Opening or using what is left of a store says that it is damaged, wherever it was cut. */
static void test_truncated_file(void **state)
{
	char *path = path_join(folder, "yunwei.db");
	size_t len;

	(void)state;
	ok(db_checkpoint(db, &err));
	db_close(&db);
	char *bytes = path_read(path, 100 * 1024 * 1024, &len, NULL);
	const size_t cuts[] = { 0, 1, 50, 99, 100, 4095, 4096, 8192, len / 2, len - 4096, len - 1 };
	for (size_t i = 0; i < sizeof(cuts) / sizeof(cuts[0]); i++) {
		struct err fault = { .code = ERR_NONE };
		struct store_check *check = NULL;
		bool done = false;

		overwrite(bytes, cuts[i]);
		db = db_open(folder, DB_EXISTING, &fault);
		if (db != NULL)
			check = store_check_new(db, false, &fault);
		while (check != NULL && !done && store_check_step(check, &done, &fault))
			;
		if (fault.code == ERR_NONE && (check == NULL || store_check_report(check)->count == 0))
			fail_msg("cut at %zu: nothing was said", cuts[i]);
		if (fault.code != ERR_NONE)
			assert_int_equal(fault.code, ERR_DAMAGED);
		store_check_free(&check);
		db_close(&db);
	}
	overwrite(bytes, len);
	free(bytes);
	free(path);
	db = open_store(folder, DB_EXISTING);
	check_whole(0);
}

static void test_wrong_file(void **state)
{
	static const char text[] = "这不是数据库。\n";
	char *path = path_join(folder, "yunwei.db");
	sqlite3 *raw;

	(void)state;
	ok(db_checkpoint(db, &err)); /* else the log still has all that the file has lost */
	db_close(&db);
	overwrite(text, sizeof(text) - 1);
	refused(db_open(folder, DB_EXISTING, &err), ERR_DAMAGED);
	refused(db_open(folder, DB_CREATE, &err), ERR_REFUSED);
	unlink(path);
	assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK); /* another program's SQLite file */
	assert_int_equal(sqlite3_exec(raw, "CREATE TABLE moz_places (id); PRAGMA user_version = 3", NULL, NULL, NULL),
	                 SQLITE_OK);
	sqlite3_close(raw);
	refused(db_open(folder, DB_EXISTING, &err), ERR_DAMAGED);
	refused(db_open(folder, DB_CREATE, &err), ERR_REFUSED);
	unlink(path);
	assert_int_equal(mkdir(path, 0700), 0);
	refused(db_open(folder, DB_EXISTING, &err), ERR_SYSTEM);
	rmdir(path);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_disk_fills_up, setup, teardown),
		cmocka_unit_test_setup_teardown(test_no_room_for_a_backup, setup, teardown),
		cmocka_unit_test_setup_teardown(test_folder_of_somebody_else, setup, teardown),
		cmocka_unit_test_setup_teardown(test_read_only_folder, setup, teardown),
		cmocka_unit_test_setup_teardown(test_truncated_file, setup, teardown),
		cmocka_unit_test_setup_teardown(test_wrong_file, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
