#include "store/view.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/text.h"
#include "store/db_parts.h"
#include "store/query.h"

/* What every form has, so named that no field is likely to be named the same. */
static const char *const common[] = {
	"id", "number", "code", "filing_number", "state", "department", "applicant", "title", "occurred_at",
	"entered_at", "submitted_at", "updated_at", "state_since", "late", "version", "form_hash",
};

/* Keys and ids come from definitions, which allow these only: checked again where they become SQL. */
static bool is_identifier(const char *text)
{
	return *text != '\0' &&
	       strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == strlen(text);
}

static bool build(const char *form, const char *const *keys, size_t count, struct str *sql, struct err *err)
{
	if (!is_identifier(form))
		return err_set(err, ERR_REFUSED, _("\"%s\" is no identifier of a form."), form);
	str_addf(sql, "CREATE VIEW \"form_%s\" AS SELECT", form);
	for (size_t i = 0; i < sizeof(common) / sizeof(common[0]); i++)
		str_addf(sql, "%s %s AS record_%s", i > 0 ? "," : "", common[i], common[i]);
	for (size_t i = 0; i < count; i++) {
		if (!is_identifier(keys[i]))
			return err_set(err, ERR_REFUSED, _("\"%s\" is no key of a field."), keys[i]);
		str_addf(sql, ", json_extract(body, '$.\"%s\"') AS \"%s\"", keys[i], keys[i]);
	}
	str_addf(sql, " FROM record WHERE form = '%s'", form);
	return true;
}

static bool is_right(struct db *db, const char *form, const char *sql, bool *right, bool *there, struct err *err)
{
	char *name = str_format("form_%s", form);
	struct query query = query_open(db, "SELECT sql FROM sqlite_schema WHERE type = 'view' AND name = ?1", err);

	query_bind_text(&query, name);
	*there = query_row(&query);
	*right = *there && str_equal(query_peek_text(&query, NULL), sql);
	free(name);
	return query_close(&query);
}

/* Looks again within the transaction: another session may have been quicker. */
static bool replace(struct db *db, const char *form, const char *sql, struct err *err)
{
	char *drop = str_format("DROP VIEW \"form_%s\"", form);
	bool right, there, done = db_begin(db, DB_DECISION, err);

	if (done && is_right(db, form, sql, &right, &there, err) && !right) {
		db->schema_open = true;
		done = (!there || db_exec(db, drop, err)) && db_exec(db, sql, err);
		db->schema_open = false;
	}
	free(drop);
	if (done && db_commit(db, err))
		return true;
	db_rollback(db);
	return false;
}

bool form_view_make(struct db *db, const char *form, const char *const *keys, size_t count, struct err *err)
{
	struct str sql = STR_INIT;
	bool right = false, there, done;

	done = build(form, keys, count, &sql, err) && is_right(db, form, str_text(&sql), &right, &there, err);
	if (done && !right)
		done = replace(db, form, str_text(&sql), err);
	str_release(&sql);
	return done;
}
