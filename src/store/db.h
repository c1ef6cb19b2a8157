/*
 * db: the one door to the store.
 *
 * Layer: store. One SQLite file, yunwei.db, in WAL mode in a data directory
 * that one service account owns. Every read and write of the product goes
 * through a struct db; statements are prepared once a connection (stmt.h, for
 * the repos only). Rules that the door itself keeps:
 *
 * - A write transaction waits its turn in the writers' queue (queue.h), then
 *   is BEGIN IMMEDIATE. It must be short: nothing waits for a person inside.
 * - Journal, form versions, attachments and the print log only grow; records
 *   and numbers are never deleted; accounts change only while the gate is open.
 * - A record that was written must be followed by a journal entry about it in
 *   the same transaction (journal_append), else db_commit() refuses.
 *
 * Errors: ERR_BUSY somebody else writes, try again; ERR_DAMAGED the file is no
 * store or is broken; ERR_SYSTEM disk, memory, permission; ERR_REFUSED a value
 * that must be unique is there already; ERR_DENIED what the door does not allow.
 */
#ifndef YW_STORE_DB_H
#define YW_STORE_DB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct db;

enum db_mode {
	DB_EXISTING, /* the store must be there; an older one is brought up to date after a backup beside it */
	DB_CREATE,   /* makes the folder (0700) and the store (0600); refuses if one is there */
};

enum db_purpose {
	DB_DECISION, /* survives a power cut once committed (synchronous FULL) */
	DB_DRAFT,    /* survives the end of the process; a power cut may cost the last moments (NORMAL) */
};

/* Opens the store in the folder DIR. The caller closes it. NULL on failure. */
struct db *db_open(const char *dir, enum db_mode mode, struct err *err);
/* Takes NULL; rolls back what was not committed. */
void db_close(struct db **db);

const char *db_path(const struct db *db);

/*
 * Waits for the turn (10 s at most unless db_set_wait), then begins. There is
 * no nesting: a second begin is refused and names where the first one was.
 */
bool db_begin_at(struct db *db, enum db_purpose purpose, const char *file, int line, struct err *err);
#define db_begin(db, purpose, err) db_begin_at((db), (purpose), __FILE__, __LINE__, (err))
/* On failure everything is rolled back. The gate is closed either way. */
bool db_commit(struct db *db, struct err *err);
/* Does nothing outside a transaction, so that every `fail:` path may call it. */
void db_rollback(struct db *db);
bool db_in_transaction(const struct db *db);
/* How long db_begin() waits for its turn. */
void db_set_wait(struct db *db, int timeout_ms);

/* Several reads of one and the same state; takes no lock, stops nobody. No writes in between. */
bool db_snapshot_begin(struct db *db, struct err *err);
void db_snapshot_end(struct db *db);

/* True if another connection changed the store since the last call (the first call: false). */
bool db_changed(struct db *db);

/*
 * Accounts, keys, roles and delegations can be written only while the gate is
 * open. A use-case that has checked the permission opens it inside its
 * transaction; commit and rollback close it.
 */
void db_gate(struct db *db, bool open);

/* Folds the write-ahead log into the file now, in turn with the writers. */
bool db_checkpoint(struct db *db, struct err *err);

const char *db_sqlite_version(void);
/* True for SQLite 3.7.0 to 3.51.2, whose WAL reset can lose commits unless writers and checkpoints queue. */
bool db_sqlite_needs_guard(void);
/* The schema that this program writes, and that of the open store. */
int db_schema_newest(void);
int db_schema(const struct db *db);

#endif
