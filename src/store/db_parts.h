/*
 * db_parts: what the files of the door share. Private to store/db*.c,
 * query.c, migrate.c, backup.c and journal.c.
 */
#ifndef YW_STORE_DB_PARTS_H
#define YW_STORE_DB_PARTS_H

#include <sqlite3.h>

#include "store/db.h"
#include "store/queue.h"

enum {
	STATEMENTS_MOST = 96,      /* kept prepared in one connection */
	CHECKPOINT_PAGES = 1000,   /* of the write-ahead log: fold it into the file */
	TRUNCATE_PAGES = 8000,     /* and cut it back, if no reader is in the way */
	OTHERS_MS = 5000,          /* patience with programs that do not queue */
	QUEUE_MS = 10000,
};

/* A statement kept prepared. */
struct statement {
	sqlite3_stmt *stmt;
	uint64_t hash;     /* of its SQL */
	uint64_t used;     /* when last, counted in uses */
	bool is_gated;     /* writes what only an open gate lets be written */
	bool is_busy;      /* a query has it */
};

struct db {
	sqlite3 *sqlite;
	struct queue *queue;     /* NULL: a copy that nobody else has (a backup being checked) */
	char *dir, *path;
	struct statement statements[STATEMENTS_MOST];
	uint64_t uses;

	bool in_transaction, in_snapshot;
	const char *begun_file;  /* where */
	int begun_line;
	int wait_ms;
	int synchronous;         /* as the pragma stands: 1 NORMAL, 2 FULL */
	int64_t data_version;    /* -1: not asked yet */

	bool gate;
	bool schema_open;        /* migrations and views */
	bool saw_gated;          /* the authorizer, about the statement being prepared */
	const char *denied;      /* table that it refused; NULL */

	int64_t *unjournaled;    /* records written, about which nothing stands in the journal yet */
	size_t unjournaled_count;

	int wal_pages;           /* in the write-ahead log after the last commit */
	int checkpoint_at;       /* pages at which the next one is due */
};

/* Fills ERR from SQLite's result RC; returns false. */
bool db_fault_at(struct db *db, int rc, const char *file, int line, struct err *err);
#define db_fault(db, rc, err) db_fault_at((db), (rc), __FILE__, __LINE__, (err))

/* Opens the file at PATH with all settings, without queue and without looking at its schema; READ_ONLY for a copy. */
struct db *db_connect(const char *path, bool read_only, struct err *err);
/* Refuses a file that is no store of ours (ERR_DAMAGED) or a newer one's (ERR_REFUSED). */
bool db_identify(struct db *db, struct err *err);
/* SQL without parameters and results; outside the rules of query.h. */
bool db_exec(struct db *db, const char *sql, struct err *err);
/* The single number that a pragma gives. */
bool db_pragma(struct db *db, const char *sql, int64_t *value, struct err *err);
void db_forget_statements(struct db *db);

/* Sets the authorizer that keeps the rules of db.h. */
void db_guard(struct db *db);
/* Sets the hook that measures the write-ahead log. */
void db_watch_log(struct db *db);
/* Folds the log back if it has grown; the caller holds the turn. */
void db_checkpoint_if_due(struct db *db);

/* A record was written; a journal entry about it was appended. */
void db_note_written(struct db *db, int64_t record);
void db_note_journaled(struct db *db, int64_t record);

#endif
