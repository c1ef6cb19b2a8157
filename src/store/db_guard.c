/* What may be written, by table: the rules of db.h as a table and SQLite's authorizer. */
#include <stddef.h>
#include <string.h>

#include "store/db_parts.h"

enum { NO_UPDATE = 1, NO_DELETE = 2, GATED = 4 };

static const struct {
	const char *table;
	unsigned rules;
} guarded[] = {
	{ "journal", NO_UPDATE | NO_DELETE },
	{ "journal_head", NO_DELETE },
	{ "form_version", NO_UPDATE | NO_DELETE },
	{ "attachment", NO_UPDATE | NO_DELETE },
	{ "print_log", NO_UPDATE | NO_DELETE },
	{ "allotment", NO_UPDATE | NO_DELETE },
	{ "sequence", NO_DELETE },
	{ "record", NO_DELETE },
	{ "record_link", NO_UPDATE | NO_DELETE },
	{ "duty_due", NO_DELETE },
	{ "person", NO_DELETE },
	{ "department", NO_DELETE },
	{ "account", NO_DELETE | GATED },
	{ "account_key", NO_DELETE | GATED },
	{ "delegation", NO_DELETE | GATED },
	{ "role_grant", GATED },
};

static unsigned rules_of(const char *table)
{
	for (size_t i = 0; table != NULL && i < sizeof(guarded) / sizeof(guarded[0]); i++)
		if (strcmp(guarded[i].table, table) == 0)
			return guarded[i].rules;
	return 0;
}

static bool is_schema_change(int action)
{
	switch (action) {
	case SQLITE_ALTER_TABLE:
	case SQLITE_CREATE_INDEX:
	case SQLITE_CREATE_TABLE:
	case SQLITE_CREATE_TRIGGER:
	case SQLITE_CREATE_VIEW:
	case SQLITE_CREATE_VTABLE:
	case SQLITE_DROP_INDEX:
	case SQLITE_DROP_TABLE:
	case SQLITE_DROP_TRIGGER:
	case SQLITE_DROP_VIEW:
	case SQLITE_DROP_VTABLE:
	case SQLITE_ATTACH:
	case SQLITE_DETACH:
		return true;
	default:
		return false;
	}
}

static int authorize(void *arg, int action, const char *table, const char *detail, const char *schema,
                     const char *trigger)
{
	struct db *db = arg;
	const bool writes = action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE;
	const unsigned rules = writes ? rules_of(table) : 0;
	const unsigned broken = action == SQLITE_UPDATE ? NO_UPDATE : action == SQLITE_DELETE ? NO_DELETE : 0;

	(void)detail, (void)schema, (void)trigger;
	if (db->schema_open)
		return SQLITE_OK;
	if ((rules & GATED) != 0)
		db->saw_gated = true;
	if ((rules & broken) == 0 && ((rules & GATED) == 0 || db->gate) && !is_schema_change(action))
		return SQLITE_OK;
	db->denied = table;
	return SQLITE_DENY;
}

void db_guard(struct db *db)
{
	sqlite3_set_authorizer(db->sqlite, authorize, db);
}
