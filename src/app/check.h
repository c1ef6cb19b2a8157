/*
 * check: is everything whole? The store, the journal's chain, forms, numbering, attachments.
 *
 * Layer: app.
 */
#ifndef YW_APP_CHECK_H
#define YW_APP_CHECK_H

#include "app/job.h"
#include "app/office.h"

/*
 * Result: {"sqlite": "3.40.1", "guard": true, "checks": [{"name", "ok", "detail"}], "ok": bool}.
 * The job itself fails only when a check could not be carried out.
 */
struct job *check_all(struct office *office, struct err *err);

/* Which SQLite runs, and whether the writers' lock is needed against its WAL-reset race. */
const char *check_sqlite_version(void);
bool check_sqlite_needs_guard(void);

#endif
