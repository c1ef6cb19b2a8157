/* A check finds what the sqlite3 shell, or a bad disk, did; and nothing where nothing is. */
#include "store/store.h"

#include "store/attachment.h"
#include "store/check.h"
#include "store/print_log.h"

static char *folder;
static struct db *db;

static int setup(void **state)
{
	struct print_entry print = { .record = 1, .what = (char *)"patrol", .person = (char *)"张三" };
	struct journal_line line = { .actor = &clerk, .action = "print", .record = 1 };

	(void)state;
	folder = new_folder();
	db = open_store(folder, DB_CREATE);
	fill_basics(db);
	for (int i = 0; i < 5; i++) {
		struct record *record = new_record("机房日常巡检 正常", 1000 + i);

		file_record(db, record, "filed");
		record_free(&record);
	}
	ok(db_begin(db, DB_DECISION, &err));
	ok(print_log_add(db, &print, &err));
	ok(attachment_add(db, 1, "a.log", "bytes", 5, "张三", NULL, &err));
	ok(journal_append(db, &line, NULL, &err));
	ok(db_commit(db, &err));
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	db_close(&db);
	remove_folder(folder);
	return 0;
}

static struct store_check *run(bool quick)
{
	struct store_check *check = store_check_new(db, quick, NULL);
	bool done = false;

	assert_non_null(check);
	while (!done)
		ok(store_check_step(check, &done, &err));
	return check;
}

static void test_whole(void **state)
{
	for (int quick = 0; quick <= 1; quick++) {
		struct store_check *check = run(quick != 0);
		const struct store_report *report = store_check_report(check);

		(void)state;
		if (report->count > 0)
			fail_msg("%s", report->findings[0].text);
		assert_int_equal(report->records, 5);
		assert_int_equal(report->entries, 6);
		assert_int_equal(report->attachments, quick != 0 ? 0 : 1);
		store_check_free(&check);
	}
}

/* After SQL at least one finding, all of them of PART. */
static void expect(const char *sql, enum store_check_part part, const char *words)
{
	meddle(folder, sql);
	struct store_check *check = run(false);
	const struct store_report *report = store_check_report(check);

	if (report->count == 0)
		fail_msg("%s: nothing was found", sql);
	for (size_t i = 0; i < report->count; i++)
		if (report->findings[i].part != part || strstr(report->findings[i].text, words) == NULL)
			fail_msg("%s: %s: %s", sql, store_check_name(report->findings[i].part), report->findings[i].text);
	store_check_free(&check);
}

static void test_journal_changed(void **state)
{
	(void)state;
	expect("UPDATE journal SET note = '不同意。' WHERE seq = 2", STORE_CHECK_JOURNAL, "entry 2");
}

static void test_record_changed(void **state)
{
	(void)state;
	expect("UPDATE record SET body = replace(body, '21.5', '22.5') WHERE id = 3", STORE_CHECK_RECORDS, "#3");
}

static void test_body_is_no_json(void **state)
{
	(void)state;
	expect("UPDATE record SET body = '{' WHERE id = 3", STORE_CHECK_RECORDS, "#3");
}

static void test_record_slipped_in(void **state)
{
	(void)state;
	expect("INSERT INTO record (form, form_hash, state, department, applicant, title, entered_at, updated_at, state_since,"
	       " late, version, body) SELECT form, form_hash, state, department, applicant, title, entered_at, updated_at,"
	       " state_since, late, version, body FROM record WHERE id = 1", STORE_CHECK_RECORDS, "#6");
}

static void test_form_version_changed(void **state)
{
	(void)state;
	expect("UPDATE form_version SET source = source || ' '", STORE_CHECK_FORMS, "patrol");
}

static void test_gap_in_the_numbers(void **state)
{
	(void)state;
	expect("UPDATE allotment SET n = 9 WHERE n = 4", STORE_CHECK_NUMBERS, "patrol 2026");
}

static void test_sequence_set_back(void **state)
{
	(void)state;
	expect("UPDATE sequence SET last = 3", STORE_CHECK_NUMBERS, "patrol 2026");
}

static void test_number_without_allotment(void **state)
{
	(void)state;
	expect("UPDATE allotment SET record = 1 WHERE n = 2", STORE_CHECK_NUMBERS, "#2");
}

static void test_attachment_changed(void **state)
{
	(void)state;
	expect("UPDATE attachment SET bytes = x'6279746500'", STORE_CHECK_ATTACHMENTS, "#1");
}

static void test_print_of_another_journal(void **state)
{
	(void)state;
	expect("UPDATE print_log SET head_hash = 'x' || substr(head_hash, 2)", STORE_CHECK_PRINTS, "Print 1");
}

static void test_reference_to_nothing(void **state)
{
	(void)state;
	expect("PRAGMA foreign_keys = OFF; INSERT INTO record_link VALUES (1, 77, 'opened', '')", STORE_CHECK_REFERENCES,
	       "record_link");
}

static void test_search_lost_a_record(void **state)
{
	(void)state;
	expect("DELETE FROM search_text WHERE record = 2", STORE_CHECK_SEARCH, "#2");
}

static void test_search_index_lost_a_record(void **state)
{
	(void)state;
	expect("INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', 2, '机 房 日 常 巡 检 正 常')",
	       STORE_CHECK_SEARCH, "#2");
}

/* Bytes of the file overwritten: whatever page it is, it is found, and nothing crashes. */
static void test_pages_overwritten(void **state)
{
	char *path = path_join(folder, "yunwei.db");
	struct stat st;
	int found = 0;

	(void)state;
	ok(db_checkpoint(db, &err));
	db_close(&db);
	assert_int_equal(stat(path, &st), 0);
	for (off_t page = 1; page < st.st_size / 4096; page += 7) {
		char old[512], junk[512];
		FILE *file = fopen(path, "r+");

		fseek(file, (long)(page * 4096), SEEK_SET);
		assert_int_equal(fread(old, 1, sizeof(old), file), sizeof(old));
		memset(junk, 0xA5, sizeof(junk));
		fseek(file, (long)(page * 4096), SEEK_SET);
		fwrite(junk, 1, sizeof(junk), file);
		fflush(file);

		struct err fault = { .code = ERR_NONE };
		db = db_open(folder, DB_EXISTING, &fault);
		struct store_check *check = db != NULL ? store_check_new(db, false, &fault) : NULL;
		bool done = check == NULL;
		while (!done && store_check_step(check, &done, &fault))
			;
		found += fault.code != ERR_NONE || store_check_report(check)->count > 0;
		if (fault.code != ERR_NONE)
			assert_int_equal(fault.code, ERR_DAMAGED);
		store_check_free(&check);
		db_close(&db);

		fseek(file, (long)(page * 4096), SEEK_SET);
		fwrite(old, 1, sizeof(old), file);
		fclose(file);
	}
	assert_int_equal(found, (st.st_size / 4096 - 2) / 7 + 1);
	db = open_store(folder, DB_EXISTING);
	test_whole(NULL);
	free(path);
}

static void test_goes_on_beside_writers(void **state)
{
	struct store_check *check = store_check_new(db, false, NULL);
	struct record *record = new_record("巡检", 1000);
	bool done = false;

	(void)state;
	assert_non_null(check);
	ok(store_check_step(check, &done, &err));
	file_record(db, record, "filed"); /* neither waits, nor is it seen */
	while (!done)
		ok(store_check_step(check, &done, &err));
	assert_int_equal(store_check_report(check)->count, 0);
	assert_int_equal(store_check_report(check)->records, 5);
	store_check_free(&check);
	record_free(&record);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_whole, setup, teardown),
		cmocka_unit_test_setup_teardown(test_journal_changed, setup, teardown),
		cmocka_unit_test_setup_teardown(test_record_changed, setup, teardown),
		cmocka_unit_test_setup_teardown(test_body_is_no_json, setup, teardown),
		cmocka_unit_test_setup_teardown(test_record_slipped_in, setup, teardown),
		cmocka_unit_test_setup_teardown(test_form_version_changed, setup, teardown),
		cmocka_unit_test_setup_teardown(test_gap_in_the_numbers, setup, teardown),
		cmocka_unit_test_setup_teardown(test_sequence_set_back, setup, teardown),
		cmocka_unit_test_setup_teardown(test_number_without_allotment, setup, teardown),
		cmocka_unit_test_setup_teardown(test_attachment_changed, setup, teardown),
		cmocka_unit_test_setup_teardown(test_print_of_another_journal, setup, teardown),
		cmocka_unit_test_setup_teardown(test_reference_to_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(test_search_lost_a_record, setup, teardown),
		cmocka_unit_test_setup_teardown(test_search_index_lost_a_record, setup, teardown),
		cmocka_unit_test_setup_teardown(test_pages_overwritten, setup, teardown),
		cmocka_unit_test_setup_teardown(test_goes_on_beside_writers, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
