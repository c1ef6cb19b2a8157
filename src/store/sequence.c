#include "store/sequence.h"

#include "store/query.h"

static bool count_up(struct db *db, const char *name, const char *scope, int64_t *n, struct err *err)
{
	struct query query = query_open(db,
		"INSERT INTO sequence (name, scope, last) VALUES (?1, ?2, 1)"
		" ON CONFLICT (name, scope) DO UPDATE SET last = last + 1 RETURNING last", err);

	query_bind_text(&query, name);
	query_bind_text(&query, scope);
	if (query_row(&query))
		*n = query_read_int(&query);
	return query_run(&query);
}

bool sequence_next(struct db *db, const char *name, const char *scope, int64_t record, int64_t *n, struct err *err)
{
	if (!count_up(db, name, scope, n, err))
		return false;
	struct query query = query_open(db, "INSERT INTO allotment (name, scope, n, record) VALUES (?1, ?2, ?3, ?4)", err);

	query_bind_text(&query, name);
	query_bind_text(&query, scope);
	query_bind_int(&query, *n);
	query_bind_int(&query, record);
	return query_run(&query);
}

bool sequence_last(struct db *db, const char *name, const char *scope, int64_t *n, struct err *err)
{
	struct query query = query_open(db, "SELECT last FROM sequence WHERE name = ?1 AND scope = ?2", err);

	query_bind_text(&query, name);
	query_bind_text(&query, scope);
	*n = query_row(&query) ? query_read_int(&query) : 0;
	return query_close(&query);
}
