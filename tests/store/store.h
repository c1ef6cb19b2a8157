/*
 * store: what the tests of the store share: a store in a new folder, thrown away at the end.
 */
#ifndef YW_TESTS_STORE_H
#define YW_TESTS_STORE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <jansson.h>
#include <sqlite3.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "model/permission.h"
#include "store/account.h"
#include "store/db.h"
#include "store/department.h"
#include "store/form_version.h"
#include "store/journal.h"
#include "store/person.h"
#include "store/query.h"
#include "store/record.h"
#include "store/search.h"
#include "store/sequence.h"

/* The SM3 of SOURCE: a form version in a test is a whole one. */
#define SOURCE "id = \"patrol\";"

/* Fails the test with the error's text. */
#define ok(call)                                                                                   \
	do {                                                                                       \
		struct err err = { .code = ERR_NONE };                                             \
		if (!(call))                                                                       \
			fail_msg("%s: %s", #call, err.text);                                       \
	} while (0)
/* The call must fail with CODE. */
#define refused(call, expected)                                                                    \
	do {                                                                                       \
		struct err err = { .code = ERR_NONE };                                             \
		if (call)                                                                          \
			fail_msg("%s: was not refused", #call);                                    \
		if (err.code != (expected))                                                        \
			fail_msg("%s: code %d, not %d: %s", #call, (int)err.code, (int)(expected), err.text); \
	} while (0)

static inline char *new_folder(void)
{
	char *folder = str_format("%s/yunwei-test-XXXXXX", getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp");

	assert_non_null(mkdtemp(folder));
	return folder;
}

static inline void remove_folder(char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		char *path = path_join(folder, entry->d_name);

		if (entry->d_name[0] != '.')
			unlink(path);
		free(path);
	}
	if (dir != NULL)
		closedir(dir);
	rmdir(folder);
	free(folder);
}

static inline struct db *open_store(const char *folder, enum db_mode mode)
{
	struct err fault = { .code = ERR_NONE };
	struct db *db = db_open(folder, mode, &fault);

	if (db == NULL)
		fail_msg("db_open: %s", fault.text);
	return db;
}

/* Straight into the file, as the sqlite3 shell would. */
static inline void meddle(const char *folder, const char *sql)
{
	char *path = path_join(folder, "yunwei.db"), *message = NULL;
	sqlite3 *raw = NULL;

	assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK);
	if (sqlite3_exec(raw, sql, NULL, NULL, &message) != SQLITE_OK)
		fail_msg("%s: %s", sql, message);
	sqlite3_close(raw);
	free(path);
}

/* Any SQL through the door. */
static inline bool run_sql(struct db *db, const char *sql, struct err *err)
{
	struct query query = query_open(db, sql, err);

	return query_run(&query);
}

static inline const char *form_hash(void)
{
	static char hex[HASH_HEX_SIZE];

	assert_true(hash_bytes(SOURCE, strlen(SOURCE), hex, NULL));
	return hex;
}

static const struct actor clerk = { .account = 1, .login = "zhangsan", .person = "张三", .department = "信息中心",
	                            .roles = ROLE_IC_CLERK, .origin = "192.168.1.20" };

/* The information center, 张三 with an account (1), and one form version. */
static inline void fill_basics(struct db *db)
{
	struct department center = { .name = (char *)"信息中心", .is_center = true, .position = 1 };
	struct person zhang = { .name = (char *)"张三", .department = (char *)"信息中心", .phone = (char *)"13800000000" };
	struct store_account account = { .login = (char *)"zhangsan", .person = (char *)"张三",
		                         .roles = ROLE_IC_CLERK | ROLE_ADMIN };

	ok(db_begin(db, DB_DECISION, &err));
	db_gate(db, true);
	ok(department_save(db, &center, &err));
	ok(person_save(db, &zhang, &err));
	ok(store_account_save(db, &account, &err));
	ok(form_version_keep(db, "patrol", form_hash(), "机房日常巡检记录", SOURCE, &err));
	ok(db_commit(db, &err));
	assert_int_equal(account.id, 1);
}

static inline struct record *new_record(const char *title, int64_t occurred_utc)
{
	struct record *record = mem_new(struct record);

	record->form = mem_text("patrol");
	record->form_hash = mem_text(form_hash());
	record->state = mem_text("draft");
	record->department = mem_text("信息中心");
	record->applicant = mem_text("张三");
	record->author = 1;
	record->title = mem_text(title);
	record->occurred_utc = occurred_utc;
	record->body = json_pack("{s:s, s:f, s:[s,s]}", "room", "一号机房", "temp", 21.5, "who", "张三", "李四");
	assert_non_null(record->body);
	return record;
}

/* Stores RECORD in a transaction of its own, numbered and filed under STATE, found by its title. */
static inline void file_record(struct db *db, struct record *record, const char *state)
{
	struct journal_line line = { .actor = &clerk, .action = "submit", .from = "draft", .to = state, .note = "同意。" };
	int64_t n;

	ok(db_begin(db, DB_DECISION, &err));
	ok(record_insert(db, record, &err));
	ok(sequence_next(db, "patrol", "2026", record->id, &n, &err));
	free(record->state);
	record->state = mem_text(state);
	record->number = str_format("巡检-%lld", (long long)n);
	record->code = str_format("HC2026-%04lld", (long long)n);
	record->submitted_utc = clock_now();
	ok(record_update(db, record, &err));
	ok(store_search_put(db, record->id, record->title, &err));
	line.record = record->id;
	ok(journal_append(db, &line, NULL, &err));
	ok(db_commit(db, &err));
}

#endif
