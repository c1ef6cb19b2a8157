/* The chain: every byte of every row counts. */
#include "store/store.h"

static char *folder;
static struct db *db;

static int setup(void **state)
{
	struct journal_line line = { .actor = &clerk, .action = "note", .note = "一" };
	struct record *record = new_record("巡检", 1000);
	json_t *changes = json_pack("{s:[f,f]}", "temp", 21.5, 23.0);

	(void)state;
	folder = new_folder();
	db = open_store(folder, DB_CREATE);
	fill_basics(db);
	file_record(db, record, "filed");
	for (int i = 0; i < 8; i++) {
		line.record = i % 2 == 0 ? record->id : 0;
		line.changes = i == 3 ? changes : NULL;
		line.actor = i == 5 ? NULL : &clerk;
		ok(db_begin(db, DB_DECISION, &err));
		ok(journal_append(db, &line, NULL, &err));
		ok(db_commit(db, &err));
	}
	json_decref(changes);
	record_free(&record);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	db_close(&db);
	remove_folder(folder);
	return 0;
}

static struct journal_verdict verify(void)
{
	struct journal_verdict verdict;

	ok(journal_verify(db, &verdict, &err));
	return verdict;
}

static void test_whole(void **state)
{
	struct journal_verdict verdict = verify();
	struct journal_head head;

	(void)state;
	ok(journal_head(db, &head, &err));
	assert_int_equal(verdict.broken, 0);
	assert_int_equal(verdict.entries, 9);
	assert_int_equal(head.seq, 9);
	assert_string_equal(head.hash, verdict.head.hash);
}

static void test_empty(void **state)
{
	char *other = new_folder();
	struct db *empty = open_store(other, DB_CREATE);
	struct journal_verdict verdict;

	(void)state;
	ok(journal_verify(empty, &verdict, &err));
	assert_int_equal(verdict.entries, 0);
	assert_int_equal(verdict.broken, 0);
	db_close(&empty);
	remove_folder(other);
}

/* One byte of every column of an entry in the middle: it is that entry which is named. */
static void test_every_column_counts(void **state)
{
	static const char *const columns[] = { "at", "actor", "login", "acting_for", "origin", "action", "from_state",
		                               "to_state", "note", "changes", "record_hash", "previous", "hash" };

	(void)state;
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
		char *spoil = str_format("CREATE TABLE kept AS SELECT %s AS x FROM journal WHERE seq = 5; UPDATE journal SET "
		                         "%s = iif(%s IS NULL, '', substr(%s, 1, length(%s) - 1) || '~') WHERE seq = 5",
		                         columns[i], columns[i], columns[i], columns[i], columns[i]);
		char *mend = str_format("UPDATE journal SET %s = (SELECT x FROM kept) WHERE seq = 5; DROP TABLE kept",
		                        columns[i]);

		meddle(folder, spoil);
		struct journal_verdict verdict = verify();
		if (verdict.broken != 5)
			fail_msg("%s changed in entry 5: %lld is named", columns[i], (long long)verdict.broken);
		assert_int_equal(verdict.entries, 4);
		meddle(folder, mend);
		assert_int_equal(verify().broken, 0);
		free(spoil);
		free(mend);
	}
}

static void expect(const char *sql, int64_t broken)
{
	meddle(folder, sql);
	struct journal_verdict verdict = verify();
	if (verdict.broken != broken)
		fail_msg("%s: %lld is named, not %lld", sql, (long long)verdict.broken, (long long)broken);
	assert_true(strlen(verdict.why) > 0);
}

static void test_other_record(void **state)
{
	(void)state;
	expect("PRAGMA foreign_keys = OFF; UPDATE journal SET record = 2 WHERE seq = 4", 4);
}

static void test_number_changed(void **state)
{
	(void)state;
	expect("UPDATE journal SET seq = 20 WHERE seq = 6", 6);
}

static void test_cut_out(void **state)
{
	(void)state;
	expect("DELETE FROM journal WHERE seq = 3", 3);
}

static void test_first_cut_off(void **state)
{
	(void)state;
	expect("DELETE FROM journal WHERE seq = 1", 1);
}

static void test_last_cut_off(void **state)
{
	(void)state;
	expect("DELETE FROM journal WHERE seq >= 8", 8);
}

static void test_all_cut_off(void **state)
{
	(void)state;
	expect("DELETE FROM journal", 1);
}

static void test_two_exchanged(void **state)
{
	(void)state;
	expect("UPDATE journal SET seq = -1 WHERE seq = 4; UPDATE journal SET seq = 4 WHERE seq = 5;"
	       "UPDATE journal SET seq = 5 WHERE seq = -1", 4);
}

static void test_entry_slipped_in_before(void **state)
{
	(void)state;
	expect("INSERT INTO journal (seq, at, actor, action, previous, hash) VALUES (0, '', '', '', '', '')", 1);
}

static void test_entry_added_behind(void **state)
{
	(void)state;
	expect("INSERT INTO journal (seq, at, actor, action, previous, hash) SELECT 10, at, actor, action, hash, hash"
	       " FROM journal WHERE seq = 9", 10);
}

static void test_head_changed(void **state)
{
	(void)state;
	expect("UPDATE journal_head SET hash = replace(hash, substr(hash, 1, 1), 'x')", 9);
}

static void test_columns_cannot_run_into_each_other(void **state)
{
	(void)state;
	/* The same bytes, but the border between two columns moved. */
	expect("UPDATE journal SET actor = actor || substr(login, 1, 1), login = substr(login, 2) WHERE seq = 6", 6);
}

static void test_list(void **state)
{
	struct journal_entry *entries;
	size_t count;

	(void)state;
	ok(journal_list(db, &(struct journal_filter){ .limit = 3 }, &entries, &count, &err));
	assert_int_equal(count, 3);
	assert_int_equal(entries[0].seq, 9);
	journal_entries_free(&entries, count);
	ok(journal_list(db, &(struct journal_filter){ .limit = 3, .after = 7 }, &entries, &count, &err));
	assert_int_equal(entries[0].seq, 6);
	assert_string_equal(entries[0].note, "一");
	journal_entries_free(&entries, count);
	ok(journal_list(db, &(struct journal_filter){ .record = 1, .action = "note", .actor = "张三", .oldest_first = true,
	                                              .from_utc = clock_now() - 60, .until_utc = clock_now() + 60 },
	                &entries, &count, &err));
	assert_int_equal(count, 4);
	assert_int_equal(entries[0].seq, 2);
	assert_string_equal(entries[0].login, "zhangsan");
	assert_string_equal(entries[0].origin, "192.168.1.20");
	assert_int_equal(strlen(entries[0].record_hash), 64);
	journal_entries_free(&entries, count);
}

static void test_actors(void **state)
{
	json_t *actors = journal_actors(db, 1, NULL), *expected = json_pack("{s:[s], s:[s]}", "submit", "张三", "note",
	                                                                    "张三");

	(void)state;
	assert_true(json_equal(actors, expected));
	json_decref(actors);
	json_decref(expected);
}

static void test_not_without_the_record(void **state)
{
	struct journal_line line = { .actor = &clerk, .action = "note", .record = 77 };

	(void)state;
	ok(db_begin(db, DB_DECISION, &err));
	refused(journal_append(db, &line, NULL, &err), ERR_REFUSED);
	db_rollback(db);
	assert_int_equal(verify().entries, 9);
}

/* Returns some milliseconds before the clock goes on to its next second. */
static void wait_for_the_end_of_a_second(void)
{
	struct timespec now;

	do
		clock_gettime(CLOCK_REALTIME, &now);
	while (now.tv_nsec < 996000000);
}

/* A note so long that hashing it takes longer than the rest of the second: its row says one time, not two. */
static void test_a_second_passes_meanwhile(void **state)
{
	const size_t len = 6 * 1024 * 1024;
	char *note = mem_zeroed(len + 1, 1);
	struct journal_line line = { .actor = &clerk, .action = "note", .note = note };

	(void)state;
	memset(note, 'x', len);
	for (int i = 0; i < 3; i++) {
		ok(db_begin(db, DB_DRAFT, &err));
		wait_for_the_end_of_a_second();
		ok(journal_append(db, &line, NULL, &err));
		ok(db_commit(db, &err));
	}
	free(note);
	struct journal_verdict verdict = verify();
	if (verdict.broken != 0)
		fail_msg("entry %lld: %s", (long long)verdict.broken, verdict.why);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_whole, setup, teardown),
		cmocka_unit_test(test_empty),
		cmocka_unit_test_setup_teardown(test_every_column_counts, setup, teardown),
		cmocka_unit_test_setup_teardown(test_other_record, setup, teardown),
		cmocka_unit_test_setup_teardown(test_number_changed, setup, teardown),
		cmocka_unit_test_setup_teardown(test_cut_out, setup, teardown),
		cmocka_unit_test_setup_teardown(test_first_cut_off, setup, teardown),
		cmocka_unit_test_setup_teardown(test_last_cut_off, setup, teardown),
		cmocka_unit_test_setup_teardown(test_all_cut_off, setup, teardown),
		cmocka_unit_test_setup_teardown(test_two_exchanged, setup, teardown),
		cmocka_unit_test_setup_teardown(test_entry_slipped_in_before, setup, teardown),
		cmocka_unit_test_setup_teardown(test_entry_added_behind, setup, teardown),
		cmocka_unit_test_setup_teardown(test_head_changed, setup, teardown),
		cmocka_unit_test_setup_teardown(test_columns_cannot_run_into_each_other, setup, teardown),
		cmocka_unit_test_setup_teardown(test_list, setup, teardown),
		cmocka_unit_test_setup_teardown(test_actors, setup, teardown),
		cmocka_unit_test_setup_teardown(test_not_without_the_record, setup, teardown),
		cmocka_unit_test_setup_teardown(test_a_second_passes_meanwhile, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
