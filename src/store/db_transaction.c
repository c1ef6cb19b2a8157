/* Write transactions in turn, snapshots, and the write-ahead log. */
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/db_parts.h"
#include "store/migrate.h"
#include "store/query.h"

/* The pragma does nothing within a transaction, so it goes before, and only when it must change. */
static bool set_synchronous(struct db *db, enum db_purpose purpose, struct err *err)
{
	const int wanted = purpose == DB_DECISION ? 2 : 1;

	if (db->synchronous == wanted)
		return true;
	if (!db_exec(db, wanted == 2 ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL", err))
		return false;
	db->synchronous = wanted;
	return true;
}

/* Somebody may have started a newer program, which changed the schema under us. */
static bool is_still_ours(struct db *db, struct err *err)
{
	int64_t version;

	if (!query_number(db, "PRAGMA user_version", &version, err))
		return false;
	if (version == db_schema_newest())
		return true;
	return err_set(err, ERR_BUSY,
	               _("A newer version of this program has taken over %s. Leave, and start again."), db->path);
}

static bool begin(struct db *db, enum db_purpose purpose, struct err *err)
{
	if (!set_synchronous(db, purpose, err) || !db_exec(db, "BEGIN IMMEDIATE", err))
		return false;
	db->in_transaction = true;
	return is_still_ours(db, err);
}

bool db_begin_at(struct db *db, enum db_purpose purpose, const char *file, int line, struct err *err)
{
	if (db->in_transaction || db->in_snapshot)
		return err_set_at(err, ERR_SYSTEM, 0, file, line,
		                  _("A transaction cannot begin within another one (begun at %s:%d)."),
		                  db->begun_file, db->begun_line);
	if (!queue_enter(db->queue, db->wait_ms, err))
		return false;
	db->begun_file = file;
	db->begun_line = line;
	if (begin(db, purpose, err))
		return true;
	db_rollback(db);
	queue_leave(db->queue);
	return false;
}

static void end(struct db *db)
{
	db->in_transaction = false;
	db->gate = false;
	db->unjournaled_count = 0;
	queue_leave(db->queue);
}

static bool is_journaled(struct db *db, struct err *err)
{
	if (db->unjournaled_count == 0)
		return true;
	return err_set(err, ERR_SYSTEM,
	               _("Record %lld was written without an entry in the journal (begun at %s:%d); nothing was changed."),
	               (long long)db->unjournaled[0], db->begun_file, db->begun_line);
}

bool db_commit(struct db *db, struct err *err)
{
	if (!db->in_transaction)
		return err_set(err, ERR_SYSTEM, _("There is no transaction to commit."));
	if (sqlite3_get_autocommit(db->sqlite)) {
		err_set(err, ERR_SYSTEM, _("What was being saved (begun at %s:%d) was rolled back after an error."),
		        db->begun_file, db->begun_line);
		end(db);
		return false;
	}
	if (!is_journaled(db, err) || !db_exec(db, "COMMIT", err)) {
		db_rollback(db);
		return false;
	}
	db_checkpoint_if_due(db);
	end(db);
	return true;
}

void db_rollback(struct db *db)
{
	if (!db->in_transaction)
		return;
	if (!sqlite3_get_autocommit(db->sqlite))
		sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
	end(db);
}

bool db_in_transaction(const struct db *db)
{
	return db->in_transaction;
}

bool db_snapshot_begin(struct db *db, struct err *err)
{
	int64_t tables;

	if (db->in_transaction || db->in_snapshot)
		return err_set(err, ERR_SYSTEM, _("A snapshot cannot begin within a transaction (begun at %s:%d)."),
		               db->begun_file, db->begun_line);
	if (!db_exec(db, "BEGIN", err))
		return false;
	db->in_snapshot = true;
	db->begun_file = __FILE__;
	db->begun_line = __LINE__;
	/* BEGIN alone reads nothing: the first read fixes the state. */
	if (query_number(db, "SELECT count(*) FROM sqlite_schema", &tables, err))
		return true;
	db_snapshot_end(db);
	return false;
}

void db_snapshot_end(struct db *db)
{
	if (db->in_snapshot && !sqlite3_get_autocommit(db->sqlite))
		sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
	db->in_snapshot = false;
}

bool db_changed(struct db *db)
{
	int64_t version;

	/* Whoever asks will read anew and be told what is wrong. */
	if (!query_number(db, "PRAGMA data_version", &version, NULL))
		return true;
	const bool changed = db->data_version != -1 && db->data_version != version;
	db->data_version = version;
	return changed;
}

void db_gate(struct db *db, bool open)
{
	db->gate = open && db->in_transaction;
}

void db_note_written(struct db *db, int64_t record)
{
	for (size_t i = 0; i < db->unjournaled_count; i++)
		if (db->unjournaled[i] == record)
			return;
	db->unjournaled = mem_resize(db->unjournaled, db->unjournaled_count + 1, sizeof(db->unjournaled[0]));
	db->unjournaled[db->unjournaled_count++] = record;
}

void db_note_journaled(struct db *db, int64_t record)
{
	for (size_t i = 0; i < db->unjournaled_count; i++)
		if (db->unjournaled[i] == record)
			db->unjournaled[i--] = db->unjournaled[--db->unjournaled_count];
}

static int on_commit(void *arg, sqlite3 *sqlite, const char *schema, int pages)
{
	struct db *db = arg;

	(void)sqlite, (void)schema;
	if (pages < db->wal_pages)
		db->checkpoint_at = CHECKPOINT_PAGES; /* the log began anew */
	db->wal_pages = pages;
	return SQLITE_OK;
}

void db_watch_log(struct db *db)
{
	sqlite3_wal_hook(db->sqlite, on_commit, db);
}

/* Without waiting for readers: whoever reads stops nobody. Returns the pages in the log, -1 if it failed. */
static int fold(struct db *db, int mode)
{
	int pages = 0, folded = 0;

	sqlite3_busy_timeout(db->sqlite, 0);
	const int rc = sqlite3_wal_checkpoint_v2(db->sqlite, NULL, mode, &pages, &folded);
	sqlite3_busy_timeout(db->sqlite, OTHERS_MS);
	if (rc == SQLITE_OK || (rc & 0xFF) == SQLITE_BUSY)
		return pages;
	log_write(LOG_ERROR, "store: checkpoint: %s", sqlite3_errmsg(db->sqlite));
	return -1;
}

void db_checkpoint_if_due(struct db *db)
{
	if (db->wal_pages < db->checkpoint_at)
		return;
	const int pages = fold(db, SQLITE_CHECKPOINT_PASSIVE);
	if (pages >= TRUNCATE_PAGES)
		fold(db, SQLITE_CHECKPOINT_TRUNCATE);
	db->checkpoint_at = db->wal_pages + CHECKPOINT_PAGES;
}

bool db_checkpoint(struct db *db, struct err *err)
{
	if (db->in_transaction || db->in_snapshot)
		return err_set(err, ERR_SYSTEM, _("The log cannot be folded within a transaction."));
	if (!queue_enter(db->queue, db->wait_ms, err))
		return false;
	const int pages = fold(db, SQLITE_CHECKPOINT_TRUNCATE);
	queue_leave(db->queue);
	return pages >= 0 || db_fault(db, sqlite3_extended_errcode(db->sqlite), err);
}
