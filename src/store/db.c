/* Opening and closing the store. Transactions: db_transaction.c; rules: db_guard.c; words: db_error.c. */
#include "store/db.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "base/text.h"
#include "store/backup_parts.h"
#include "store/db_parts.h"
#include "store/migrate.h"

#define FILE_NAME "yunwei.db"
#define LOCK_NAME "yunwei.lock"

bool db_exec(struct db *db, const char *sql, struct err *err)
{
	const int rc = sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL);

	return rc == SQLITE_OK || db_fault(db, rc, err);
}

bool db_pragma(struct db *db, const char *sql, int64_t *value, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int rc = sqlite3_prepare_v2(db->sqlite, sql, -1, &stmt, NULL);

	*value = 0;
	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW)
		*value = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return rc == SQLITE_ROW || rc == SQLITE_DONE || db_fault(db, rc, err);
}

void db_forget_statements(struct db *db)
{
	for (size_t i = 0; i < STATEMENTS_MOST; i++)
		sqlite3_finalize(db->statements[i].stmt);
	memset(db->statements, 0, sizeof(db->statements));
}

static bool configure(struct db *db, struct err *err)
{
	sqlite3 *sqlite = db->sqlite;

	sqlite3_extended_result_codes(sqlite, 1);
	sqlite3_busy_timeout(sqlite, OTHERS_MS);
	/* Checkpoints only in turn with the writers: never by SQLite of its own accord. */
	sqlite3_db_config(sqlite, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_db_config(sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(sqlite, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(sqlite, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(sqlite, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	db->synchronous = 2;
	return db_exec(db, "PRAGMA wal_autocheckpoint = 0; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;"
	                   "PRAGMA synchronous = FULL", err);
}

struct db *db_connect(const char *path, bool read_only, struct err *err)
{
	struct db *db = mem_new(struct db);
	const int flags = SQLITE_OPEN_NOMUTEX | (read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);

	db->path = mem_text(path);
	db->wait_ms = QUEUE_MS;
	db->data_version = -1;
	db->checkpoint_at = CHECKPOINT_PAGES;
	const int rc = sqlite3_open_v2(path, &db->sqlite, flags, NULL);
	if (rc != SQLITE_OK)
		db_fault(db, rc, err);
	if (rc == SQLITE_OK && configure(db, err))
		return db;
	db_close(&db);
	return NULL;
}

void db_close(struct db **db)
{
	if (*db == NULL)
		return;
	db_rollback(*db);
	db_snapshot_end(*db);
	db_forget_statements(*db);
	sqlite3_close_v2((*db)->sqlite);
	queue_close(&(*db)->queue);
	free((*db)->unjournaled);
	free((*db)->dir);
	free((*db)->path);
	free(*db);
	*db = NULL;
}

bool db_identify(struct db *db, struct err *err)
{
	int64_t application, version;

	if (!db_pragma(db, "PRAGMA application_id", &application, err) ||
	    !db_pragma(db, "PRAGMA user_version", &version, err))
		return false;
	if (application != MIGRATE_APPLICATION_ID || version < 1)
		return err_set(err, ERR_DAMAGED, _("%s is no store of this program."), db->path);
	if (version > db_schema_newest())
		return err_set(err, ERR_REFUSED,
		               _("%s was written by a newer version of this program (schema %d; this one knows %d). "
		                 "Use that version."),
		               db->path, (int)version, db_schema_newest());
	return true;
}

/* Finds the file before anything is made in a folder that may be somebody else's. */
static bool find_file(const char *path, struct err *err)
{
	struct stat st;

	if (stat(path, &st) != 0 && errno == ENOENT)
		return err_set(err, ERR_REFUSED, _("There is no store at %s. Make one with \"yunwei init\"."), path);
	if (access(path, R_OK | W_OK) != 0)
		return err_errno(err, _("%s may not be read and written; it must belong to whoever runs this program"),
		                 path);
	return true;
}

/* An empty file is what an init that was cut off has left. */
static bool make_file(const char *dir, const char *path, struct err *err)
{
	struct stat st;

	if (!path_make_folder(dir, S_IRWXU, err))
		return false;
	if (stat(path, &st) == 0 && st.st_size > 0)
		return err_set(err, ERR_REFUSED, _("There is a store at %s already; nothing was changed."), path);
	const int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
	if (fd < 0)
		return err_errno(err, _("%s cannot be made"), path);
	close(fd);
	return true;
}

static bool fill_new(struct db *db, struct err *err)
{
	size_t count;
	const struct migration *steps = migrate_steps(&count);
	int64_t version;

	if (!db_pragma(db, "PRAGMA user_version", &version, err))
		return false;
	if (version != 0)
		return err_set(err, ERR_REFUSED, _("There is a store at %s already; nothing was changed."), db->path);
	return db_exec(db, "PRAGMA journal_mode = WAL; PRAGMA application_id = 1498891330", err) &&
	       migrate_run(db, steps, count, db_schema_newest(), err);
}

/* The older state stays beside the store as yunwei.db.schema-N-STAMP. */
static bool bring_up(struct db *db, struct err *err)
{
	size_t count;
	const struct migration *steps = migrate_steps(&count);
	char stamp[CLOCK_STAMP_SIZE];
	int64_t version;

	if (!db_pragma(db, "PRAGMA user_version", &version, err))
		return false;
	if (version == db_schema_newest())
		return true;
	char *copy = str_format("%s.schema-%d-%s", db->path, (int)version, clock_stamp(clock_now(), stamp));
	const bool done = backup_copy(db, copy, err) && migrate_run(db, steps, count, db_schema_newest(), err);
	free(copy);
	return done;
}

/* A store that came back from a backup is in SQLite's old journal mode. */
static bool use_log(struct db *db, struct err *err)
{
	return db_exec(db, "PRAGMA journal_mode = WAL", err);
}

static bool in_turn(struct db *db, bool (*work)(struct db *db, struct err *err), struct err *err)
{
	bool done;

	if (!queue_enter(db->queue, db->wait_ms, err))
		return false;
	done = work(db, err);
	queue_leave(db->queue);
	return done;
}

static bool is_in_log_mode(struct db *db)
{
	sqlite3_stmt *stmt = NULL;
	bool is = false;

	if (sqlite3_prepare_v2(db->sqlite, "PRAGMA journal_mode", -1, &stmt, NULL) == SQLITE_OK &&
	    sqlite3_step(stmt) == SQLITE_ROW)
		is = str_equal((const char *)sqlite3_column_text(stmt, 0), "wal");
	sqlite3_finalize(stmt);
	return is;
}

static bool make_ready(struct db *db, enum db_mode mode, struct err *err)
{
	char *lock = path_join(db->dir, LOCK_NAME);

	db->queue = queue_open(lock, err);
	free(lock);
	if (db->queue == NULL || !queue_attend(db->queue, err))
		return false;
	if (mode == DB_CREATE && !in_turn(db, fill_new, err))
		return false;
	if (!db_identify(db, err))
		return false;
	if (!is_in_log_mode(db) && !in_turn(db, use_log, err))
		return false;
	if (db_schema(db) != db_schema_newest() && !in_turn(db, bring_up, err))
		return false;
	db_guard(db);
	db_watch_log(db);
	return true;
}

struct db *db_open(const char *dir, enum db_mode mode, struct err *err)
{
	char *path = path_join(dir, FILE_NAME);
	struct db *db = NULL;

	if (mode == DB_CREATE ? make_file(dir, path, err) : find_file(path, err))
		db = db_connect(path, false, err);
	free(path);
	if (db == NULL)
		return NULL;
	db->dir = mem_text(dir);
	if (make_ready(db, mode, err))
		return db;
	db_close(&db);
	return NULL;
}

const char *db_path(const struct db *db)
{
	return db->path;
}

void db_set_wait(struct db *db, int timeout_ms)
{
	db->wait_ms = timeout_ms;
}

const char *db_sqlite_version(void)
{
	return sqlite3_libversion();
}

bool db_sqlite_needs_guard(void)
{
	const int version = sqlite3_libversion_number();

	return version >= 3007000 && version <= 3051002;
}

int db_schema_newest(void)
{
	size_t count;
	const struct migration *steps = migrate_steps(&count);

	return steps[count - 1].number;
}

int db_schema(const struct db *db)
{
	int64_t version = 0;
	sqlite3_stmt *stmt = NULL;

	if (sqlite3_prepare_v2(db->sqlite, "PRAGMA user_version", -1, &stmt, NULL) == SQLITE_OK &&
	    sqlite3_step(stmt) == SQLITE_ROW)
		version = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return (int)version;
}
