#include "store/setting.h"

#include <stdlib.h>

#include "store/query.h"

char *setting_get(struct db *db, const char *key, struct err *err)
{
	char *value = NULL;
	struct query query;

	err_clear(err);
	query = query_open(db, "SELECT value FROM setting WHERE key = ?1", err);
	query_bind_text(&query, key);
	if (query_row(&query))
		value = query_read_text(&query);
	if (query_close(&query))
		return value;
	free(value);
	return NULL;
}

static bool unset(struct db *db, const char *key, struct err *err)
{
	struct query query = query_open(db, "DELETE FROM setting WHERE key = ?1", err);

	query_bind_text(&query, key);
	return query_run(&query);
}

bool setting_set(struct db *db, const char *key, const char *value, struct err *err)
{
	if (value == NULL)
		return unset(db, key, err);
	struct query query = query_open(db,
		"INSERT INTO setting (key, value, changed_at) VALUES (?1, ?2, ?3)"
		" ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at", err);

	query_bind_text(&query, key);
	query_bind_text(&query, value);
	query_bind_utc(&query, clock_now());
	return query_run(&query);
}
