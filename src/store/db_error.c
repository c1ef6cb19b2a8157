/* SQLite's results as sentences for a person: what, where, what to do. */
#include <errno.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "store/db_parts.h"

/* %1$s is the store's path, %2$s what SQLite or the system says. */
static const struct {
	int rc;
	enum err_code code;
	const char *sentence;
} faults[] = {
	{ SQLITE_BUSY, ERR_BUSY,
	  N_("Another program is writing to %1$s; nothing of yours was changed. Try again. (%2$s)") },
	{ SQLITE_LOCKED, ERR_BUSY, N_("%1$s is in use; nothing of yours was changed. Try again. (%2$s)") },
	{ SQLITE_CORRUPT, ERR_DAMAGED,
	  N_("%1$s is damaged (%2$s). Stop working with it, run \"check\", and restore the last backup.") },
	{ SQLITE_NOTADB, ERR_DAMAGED,
	  N_("%1$s is no store of this program or is damaged (%2$s). Restore the last backup.") },
	{ SQLITE_FULL, ERR_SYSTEM,
	  N_("There is no room left for %1$s (%2$s); nothing was changed. Make room on the disk, then try again.") },
	{ SQLITE_IOERR, ERR_SYSTEM,
	  N_("%1$s cannot be read or written (%2$s); nothing was changed. Look at the disk and its free room, "
	     "then try again.") },
	{ SQLITE_CANTOPEN, ERR_SYSTEM,
	  N_("%1$s cannot be opened (%2$s). The folder and the file must belong to whoever runs this program.") },
	{ SQLITE_PERM, ERR_SYSTEM,
	  N_("%1$s may not be used (%2$s). The folder and the file must belong to whoever runs this program.") },
	{ SQLITE_READONLY, ERR_SYSTEM,
	  N_("%1$s cannot be written (%2$s). Give the folder and the file back to whoever runs this program, "
	     "or mount the disk for writing.") },
	{ SQLITE_NOMEM, ERR_SYSTEM, N_("There is not enough memory to work with %1$s (%2$s). Close other programs.") },
	{ SQLITE_CONSTRAINT, ERR_REFUSED, N_("%1$s does not take this (%2$s); nothing was changed.") },
	{ SQLITE_AUTH, ERR_DENIED,
	  N_("%1$s does not let this be changed (%2$s): what was written there stays as it is.") },
	{ SQLITE_TOOBIG, ERR_REFUSED, N_("This is too large for %1$s (%2$s); nothing was changed.") },
	{ SQLITE_INTERRUPT, ERR_BUSY, N_("Work on %1$s was broken off (%2$s).") },
	{ SQLITE_ERROR, ERR_SYSTEM, N_("%1$s was asked something wrong (%2$s); please report this.") },
};

/* What the system said tells a person more than SQLite's words, where there is any. */
static const char *reason(struct db *db, int rc, char *buffer, size_t size)
{
	const int primary = rc & 0xFF;
	const int number = db->sqlite != NULL ? sqlite3_system_errno(db->sqlite) : 0;

	if (primary == SQLITE_AUTH && db->denied != NULL)
		return db->denied;
	if ((primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN || primary == SQLITE_PERM) && number != 0 &&
	    strerror_r(number, buffer, size) == 0)
		return buffer;
	if (db->sqlite != NULL && (sqlite3_errcode(db->sqlite) & 0xFF) == primary)
		return sqlite3_errmsg(db->sqlite);
	return sqlite3_errstr(rc);
}

bool db_fault_at(struct db *db, int rc, const char *file, int line, struct err *err)
{
	const size_t last = sizeof(faults) / sizeof(faults[0]) - 1;
	char buffer[128];
	const char *why = reason(db, rc, buffer, sizeof(buffer));
	size_t i = 0;

	while (i < last && faults[i].rc != (rc & 0xFF))
		i++;
	log_write(LOG_ERROR, "store: %s:%d: result %d: %s (transaction %s:%d)", file, line, rc, why,
	          db->in_transaction ? db->begun_file : "-", db->in_transaction ? db->begun_line : 0);
	/* The sentences above are the formats; each has exactly these two arguments. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	return err_set_at(err, faults[i].code, rc, file, line, _(faults[i].sentence), db->path, why);
#pragma GCC diagnostic pop
}
