/* Backup while others write, and back again. */
#include "store/store.h"

#include "store/backup.h"

static char *folder, *copy;
static struct db *db;

static int setup(void **state)
{
	(void)state;
	folder = new_folder();
	copy = path_join(folder, "copy.db");
	db = open_store(folder, DB_CREATE);
	fill_basics(db);
	for (int i = 0; i < 5; i++) {
		struct record *record = new_record("机房日常巡检", 1000 + i);

		file_record(db, record, "filed");
		record_free(&record);
	}
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	db_close(&db);
	remove_folder(folder);
	free(copy);
	return 0;
}

static int64_t records(void)
{
	int64_t count;

	ok(record_count(db, &(struct record_filter){ .form = "patrol" }, 0, &count, &err));
	return count;
}

static void test_write_and_verify(void **state)
{
	struct store_backup_result made, verified;
	struct stat st;

	(void)state;
	ok(store_backup_write(db, copy, &made, &err));
	assert_int_equal(made.records, 5);
	assert_int_equal(made.entries, 5);
	assert_int_equal(stat(copy, &st), 0);
	assert_int_equal(st.st_size, made.bytes);
	assert_int_equal(st.st_mode & 0777, 0600);
	ok(store_backup_verify(copy, &verified, &err));
	assert_string_equal(made.sm3, verified.sm3);
	assert_int_equal(verified.records, 5);
	refused(store_backup_write(db, copy, NULL, &err), ERR_REFUSED); /* never over another */
}

static void test_one_state_while_others_write(void **state)
{
	struct store_backup *backup = store_backup_new(db, copy, NULL);
	struct record *record = new_record("机房日常巡检", 2000);
	struct store_backup_result verified;
	bool done = false;

	(void)state;
	assert_non_null(backup);
	file_record(db, record, "filed");
	while (!done) {
		ok(store_backup_step(backup, &done, &err));
		assert_in_range(store_backup_percent(backup), 0, 100);
	}
	assert_int_equal(store_backup_outcome(backup)->records, 5);
	store_backup_free(&backup);
	ok(store_backup_verify(copy, &verified, &err));
	assert_int_equal(verified.records, 5);
	assert_int_equal(records(), 6);
	record_free(&record);
}

static void test_broken_off_leaves_nothing(void **state)
{
	struct store_backup *backup = store_backup_new(db, copy, NULL);
	char *part = str_format("%s.part", copy);
	bool done;

	(void)state;
	ok(store_backup_step(backup, &done, &err));
	assert_true(path_exists(part));
	assert_false(path_exists(copy));
	store_backup_free(&backup);
	assert_false(path_exists(part));
	assert_false(path_exists(copy));
	free(part);
}

static void test_damaged_store_gives_no_backup(void **state)
{
	(void)state;
	meddle(folder, "UPDATE journal SET note = '改' WHERE seq = 2");
	refused(store_backup_write(db, copy, NULL, &err), ERR_DAMAGED);
	assert_false(path_exists(copy));
}

static void test_no_backup_where_none_can_be(void **state)
{
	(void)state;
	refused(store_backup_write(db, "/nowhere/at/all.db", NULL, &err), ERR_SYSTEM);
}

static void test_restore(void **state)
{
	struct record *record = new_record("后来的", 2000);
	struct store_backup_result result;
	struct journal_verdict verdict;
	char *kept;

	(void)state;
	ok(store_backup_write(db, copy, NULL, &err));
	file_record(db, record, "filed");
	record_free(&record);
	refused(store_backup_restore(folder, copy, &kept, NULL, &err), ERR_BUSY); /* we have it open */
	assert_int_equal(records(), 6);
	db_close(&db);
	ok(store_backup_restore(folder, copy, &kept, &result, &err));
	assert_int_equal(result.records, 5);
	db = open_store(folder, DB_EXISTING);
	assert_int_equal(records(), 5);
	ok(journal_verify(db, &verdict, &err));
	assert_int_equal(verdict.entries, 5);
	/* What was there before is there still, whole, with its last record. */
	ok(store_backup_verify(kept, &result, &err));
	assert_int_equal(result.records, 6);
	record = new_record("继续", 3000);
	file_record(db, record, "filed");
	assert_string_equal(record->number, "巡检-6");
	record_free(&record);
	free(kept);
}

static void test_restore_over_a_damaged_store(void **state)
{
	char *path = path_join(folder, "yunwei.db"), *kept;

	(void)state;
	ok(store_backup_write(db, copy, NULL, &err));
	ok(db_checkpoint(db, &err)); /* else the log still has the page that we spoil */
	db_close(&db);
	FILE *file = fopen(path, "r+");
	fwrite("this is no store any more", 1, 25, file);
	fclose(file);
	refused(db_open(folder, DB_EXISTING, &err), ERR_DAMAGED);
	ok(store_backup_restore(folder, copy, &kept, NULL, &err));
	assert_true(path_exists(kept));
	db = open_store(folder, DB_EXISTING);
	assert_int_equal(records(), 5);
	free(kept);
	free(path);
}

static void test_restore_into_nothing(void **state)
{
	char *other = str_format("%s/sub", folder), *kept, *path = path_join(other, "yunwei.db");
	struct db *restored;

	(void)state;
	ok(store_backup_write(db, copy, NULL, &err));
	ok(store_backup_restore(other, copy, &kept, NULL, &err));
	assert_null(kept);
	restored = open_store(other, DB_EXISTING);
	db_close(&restored);
	free(path);
	remove_folder(other);
}

static void overwrite(const char *path, const char *bytes, size_t len)
{
	FILE *file = fopen(path, "w");

	fwrite(bytes, 1, len, file);
	fclose(file);
}

static void test_restore_refuses_what_is_no_backup(void **state)
{
	char *kept, *cut = path_join(folder, "cut.db");
	size_t len;

	(void)state;
	ok(store_backup_write(db, copy, NULL, &err));
	db_close(&db);
	char *bytes = path_read(copy, 100 * 1024 * 1024, &len, NULL);
	overwrite(cut, bytes, len / 2); /* truncated */
	refused(store_backup_restore(folder, cut, &kept, NULL, &err), ERR_DAMAGED);
	overwrite(cut, bytes, 100);
	refused(store_backup_restore(folder, cut, &kept, NULL, &err), ERR_DAMAGED);
	overwrite(cut, "", 0);
	refused(store_backup_restore(folder, cut, &kept, NULL, &err), ERR_DAMAGED);
	overwrite(cut, "PK\3\4 some other file", 20);
	refused(store_backup_restore(folder, cut, &kept, NULL, &err), ERR_DAMAGED);
	unlink(cut);
	refused(store_backup_restore(folder, cut, &kept, NULL, &err), ERR_SYSTEM);
	refused(store_backup_verify(cut, NULL, &err), ERR_SYSTEM);
	/* A byte turned in the content of a sound file. */
	char *place = bytes;
	while ((place = memchr(place, '2', len - (size_t)(place - bytes))) != NULL && memcmp(place, "21.5", 4) != 0)
		place++;
	assert_non_null(place);
	*place = '3';
	overwrite(cut, bytes, len);
	refused(store_backup_restore(folder, cut, &kept, NULL, &err), ERR_DAMAGED);
	refused(store_backup_verify(cut, NULL, &err), ERR_DAMAGED);
	assert_null(kept);
	db = open_store(folder, DB_EXISTING); /* the store is as it was */
	assert_int_equal(records(), 5);
	free(bytes);
	free(cut);
}

static void test_raw_copy_with_its_log(void **state)
{
	char *store = path_join(folder, "yunwei.db"), *log = path_join(folder, "yunwei.db-wal");
	char *raw = path_join(folder, "raw.db"), *raw_log = path_join(folder, "raw.db-wal"), *kept;
	size_t len, log_len;
	char *bytes = path_read(store, 100 * 1024 * 1024, &len, NULL);
	char *log_bytes = path_read(log, 100 * 1024 * 1024, &log_len, NULL);

	(void)state;
	overwrite(raw, bytes, len);
	overwrite(raw_log, log_bytes, log_len);
	db_close(&db);
	refused(store_backup_verify(raw, NULL, &err), ERR_REFUSED);
	ok(store_backup_restore(folder, raw, &kept, NULL, &err));
	db = open_store(folder, DB_EXISTING);
	assert_int_equal(records(), 5);
	free(bytes);
	free(log_bytes);
	free(store);
	free(log);
	free(raw);
	free(raw_log);
	free(kept);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_write_and_verify, setup, teardown),
		cmocka_unit_test_setup_teardown(test_one_state_while_others_write, setup, teardown),
		cmocka_unit_test_setup_teardown(test_broken_off_leaves_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(test_damaged_store_gives_no_backup, setup, teardown),
		cmocka_unit_test_setup_teardown(test_no_backup_where_none_can_be, setup, teardown),
		cmocka_unit_test_setup_teardown(test_restore, setup, teardown),
		cmocka_unit_test_setup_teardown(test_restore_over_a_damaged_store, setup, teardown),
		cmocka_unit_test_setup_teardown(test_restore_into_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(test_restore_refuses_what_is_no_backup, setup, teardown),
		cmocka_unit_test_setup_teardown(test_raw_copy_with_its_log, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
