#include "store/migrate.h"

#include <stdio.h>

#include "base/text.h"
#include "store/db_parts.h"

/* One step and the number that says so, together or not at all. */
static bool run_step(struct db *db, const struct migration *step, struct err *err)
{
	char mark[64];

	snprintf(mark, sizeof(mark), "PRAGMA user_version = %d", step->number);
	if (!db_exec(db, "BEGIN IMMEDIATE", err))
		return false;
	if (db_exec(db, step->sql, err) && db_exec(db, mark, err) && db_exec(db, "COMMIT", err))
		return true;
	sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
	return err_prefix(err, _("Step %d (%s) of the store's schema failed, the store stays as it was before it"),
	                  step->number, step->name);
}

bool migrate_run(struct db *db, const struct migration *steps, size_t count, int to, struct err *err)
{
	int64_t from;
	bool done = db_pragma(db, "PRAGMA user_version", &from, err);

	db_forget_statements(db);
	db->schema_open = true;
	for (size_t i = 0; done && i < count; i++)
		if (steps[i].number > from && steps[i].number <= to)
			done = run_step(db, &steps[i], err);
	db->schema_open = false;
	return done;
}
