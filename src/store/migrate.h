/*
 * migrate: the schema, step by numbered step.
 *
 * Layer: store. The steps are data/schema/NNN-name.sql, built into the program;
 * PRAGMA user_version of a store is the number of its last step. A step is
 * never changed once it was released: a change is a new step.
 */
#ifndef YW_STORE_MIGRATE_H
#define YW_STORE_MIGRATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct db;

struct migration {
	int number;       /* 1, 2, 3 ... without a gap */
	const char *name; /* of the file, without number and suffix */
	const char *sql;
};

/* "YWDB" in PRAGMA application_id: tells our store from any other SQLite file. */
enum { MIGRATE_APPLICATION_ID = 0x59574442 };

/* The steps built into the program. */
const struct migration *migrate_steps(size_t *count);

/*
 * Brings DB to step TO, each step in one transaction; the caller holds the
 * turn and has made the backup. Fails with ERR_DAMAGED or ERR_SYSTEM; the
 * step that failed leaves no trace.
 */
bool migrate_run(struct db *db, const struct migration *steps, size_t count, int to, struct err *err);

#endif
