/* Every historic schema comes up to date with what was in it, and a step that fails leaves no trace. */
#include "store/store.h"

#include "store/check.h"
#include "store/db_parts.h"
#include "store/migrate.h"

/* A store as the program of step TO made it, through the same code. */
static void make_old(const char *folder, int to)
{
	char *path = path_join(folder, "yunwei.db");
	size_t count;
	const struct migration *steps = migrate_steps(&count);

	fclose(fopen(path, "w"));
	struct db *db = db_connect(path, false, NULL);
	assert_non_null(db);
	ok(db_exec(db, "PRAGMA journal_mode = WAL; PRAGMA application_id = 1498891330", &err));
	ok(migrate_run(db, steps, count, to, &err));
	ok(db_exec(db, "INSERT INTO setting VALUES ('office', '老数据', '2026-01-01T00:00:00Z')", &err));
	ok(db_exec(db, "INSERT INTO person (name) VALUES ('张三')", &err));
	db_close(&db);
	free(path);
}

static int count_files(const char *folder, const char *with)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	int count = 0;

	while ((entry = readdir(dir)) != NULL)
		count += strstr(entry->d_name, with) != NULL;
	closedir(dir);
	return count;
}

static void check_whole(struct db *db)
{
	struct store_check *check = store_check_new(db, false, NULL);
	bool done = false;

	assert_non_null(check);
	while (!done)
		ok(store_check_step(check, &done, &err));
	if (store_check_report(check)->count > 0)
		fail_msg("%s", store_check_report(check)->findings[0].text);
	store_check_free(&check);
}

static void test_every_historic_schema(void **state)
{
	(void)state;
	for (int from = 1; from <= db_schema_newest(); from++) {
		char *folder = new_folder();
		struct db *db;
		struct person person;

		make_old(folder, from);
		db = open_store(folder, DB_EXISTING);
		assert_int_equal(db_schema(db), db_schema_newest());
		ok(person_by_name(db, "张三", &person, &err));
		assert_int_equal(person.id, 1);
		person_release(&person);
		check_whole(db);
		/* The state before stays beside, as a file of its own; the newest needs none. */
		assert_int_equal(count_files(folder, ".schema-"), from < db_schema_newest() ? 1 : 0);
		db_close(&db);
		remove_folder(folder);
	}
}

static void test_steps_are_numbered(void **state)
{
	size_t count;
	const struct migration *steps = migrate_steps(&count);

	(void)state;
	assert_true(count > 0);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(steps[i].number, i + 1);
		assert_true(strlen(steps[i].name) > 0 && strlen(steps[i].sql) > 0);
	}
}

static void test_step_that_fails(void **state)
{
	static const struct migration steps[] = {
		{ 1, "one", "CREATE TABLE a (x)" },
		{ 2, "two", "CREATE TABLE b (x); INSERT INTO b VALUES (1); INSERT INTO nowhere VALUES (1)" },
		{ 3, "three", "CREATE TABLE c (x)" },
	};
	char *folder = new_folder(), *path = path_join(folder, "yunwei.db");
	struct err fault = { .code = ERR_NONE };
	int64_t tables;

	(void)state;
	fclose(fopen(path, "w"));
	struct db *db = db_connect(path, false, NULL);
	assert_false(migrate_run(db, steps, 3, 3, &fault));
	assert_non_null(strstr(fault.text, "two"));
	assert_int_equal(db_schema(db), 1);
	ok(db_pragma(db, "SELECT count(*) FROM sqlite_schema", &tables, &err));
	assert_int_equal(tables, 1);
	db_close(&db);
	free(path);
	remove_folder(folder);
}

static void test_tables_are_strict(void **state)
{
	char *folder = new_folder();
	struct db *db = open_store(folder, DB_CREATE);
	int64_t loose;

	(void)state;
	ok(db_pragma(db, "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0"
	                 " AND name NOT LIKE 'sqlite_%'", &loose, &err));
	assert_int_equal(loose, 0);
	db_close(&db);
	remove_folder(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_historic_schema),
		cmocka_unit_test(test_steps_are_numbered),
		cmocka_unit_test(test_step_that_fails),
		cmocka_unit_test(test_tables_are_strict),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
