/* The bureau reads its data with any SQLite tool. */
#include "store/store.h"

#include "store/view.h"

static char *folder;
static struct db *db;

static int setup(void **state)
{
	struct record *record = new_record("巡检", 1000);

	(void)state;
	folder = new_folder();
	db = open_store(folder, DB_CREATE);
	fill_basics(db);
	file_record(db, record, "filed");
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

/* The first row of SQL, columns joined by '|', read by a program that knows nothing of us. */
static char *outside(const char *sql)
{
	char *path = path_join(folder, "yunwei.db");
	sqlite3 *raw;
	sqlite3_stmt *stmt;
	struct str row = STR_INIT;

	assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK);
	if (sqlite3_prepare_v2(raw, sql, -1, &stmt, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(raw));
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	for (int i = 0; i < sqlite3_column_count(stmt); i++)
		str_addf(&row, "%s%s", i > 0 ? "|" : "", (const char *)sqlite3_column_text(stmt, i));
	sqlite3_finalize(stmt);
	sqlite3_close(raw);
	free(path);
	return str_take(&row);
}

static void test_one_column_a_field(void **state)
{
	static const char *const keys[] = { "room", "temp", "who", "number", "missing" };
	char *row;

	(void)state;
	ok(form_view_make(db, "patrol", keys, 5, &err));
	row = outside("SELECT record_number, record_state, room, temp, who, number IS NULL, missing IS NULL FROM form_patrol");
	assert_string_equal(row, "巡检-1|filed|一号机房|21.5|[\"张三\",\"李四\"]|1|1");
	free(row);
}

static void test_made_anew_only_when_it_changed(void **state)
{
	static const char *const keys[] = { "room", "temp" };
	char *before, *after;

	(void)state;
	ok(form_view_make(db, "patrol", keys, 1, &err));
	before = outside("PRAGMA schema_version");
	ok(form_view_make(db, "patrol", keys, 1, &err));
	after = outside("PRAGMA schema_version");
	assert_string_equal(before, after);
	free(after);
	ok(form_view_make(db, "patrol", keys, 2, &err));
	after = outside("SELECT temp FROM form_patrol");
	assert_string_equal(after, "21.5");
	free(before);
	free(after);
	ok(form_view_make(db, "other-form", keys, 0, &err));
	after = outside("SELECT count(*) FROM \"form_other-form\"");
	assert_string_equal(after, "0");
	free(after);
}

static void test_hostile_names(void **state)
{
	static const char *const bad[] = { "x\"; DROP TABLE record; --" }, *const quote[] = { "a'b" }, *const empty[] = { "" };

	(void)state;
	refused(form_view_make(db, "patrol", bad, 1, &err), ERR_REFUSED);
	refused(form_view_make(db, "patrol", quote, 1, &err), ERR_REFUSED);
	refused(form_view_make(db, "patrol", empty, 1, &err), ERR_REFUSED);
	refused(form_view_make(db, "x'; DROP TABLE record; --", bad, 0, &err), ERR_REFUSED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_one_column_a_field, setup, teardown),
		cmocka_unit_test_setup_teardown(test_made_anew_only_when_it_changed, setup, teardown),
		cmocka_unit_test_setup_teardown(test_hostile_names, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
