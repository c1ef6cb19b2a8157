#include "store/query.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "store/db_parts.h"

/* FNV-1a: the texts are few and ours, so any even spread will do. */
static uint64_t hash_of(const char *text)
{
	uint64_t hash = 14695981039346656037u;

	for (; *text != '\0'; text++)
		hash = (hash ^ (unsigned char)*text) * 1099511628211u;
	return hash;
}

static struct statement *find_kept(struct db *db, const char *sql, uint64_t hash)
{
	for (size_t i = 0; i < STATEMENTS_MOST; i++) {
		struct statement *kept = &db->statements[i];

		if (kept->stmt != NULL && kept->hash == hash && !kept->is_busy &&
		    strcmp(sqlite3_sql(kept->stmt), sql) == 0)
			return kept;
	}
	return NULL;
}

/* An empty place, or that of the statement not used for longest; NULL if all are in use. */
static struct statement *find_place(struct db *db)
{
	struct statement *place = NULL;

	for (size_t i = 0; i < STATEMENTS_MOST; i++) {
		struct statement *kept = &db->statements[i];

		if (kept->is_busy)
			continue;
		if (kept->stmt == NULL)
			return kept;
		if (place == NULL || kept->used < place->used)
			place = kept;
	}
	if (place != NULL) {
		sqlite3_finalize(place->stmt);
		memset(place, 0, sizeof(*place));
	}
	return place;
}

static void prepare(struct query *query, const char *sql)
{
	struct db *db = query->db;
	const uint64_t hash = hash_of(sql);
	struct statement *kept = find_kept(db, sql, hash);

	if (kept == NULL) {
		kept = find_place(db);
		db->saw_gated = false;
		const int rc = sqlite3_prepare_v3(db->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT, &query->stmt, NULL);
		if (rc != SQLITE_OK) {
			query->ok = db_fault(db, rc, query->err);
			return;
		}
		if (kept != NULL)
			*kept = (struct statement){ .stmt = query->stmt, .hash = hash, .is_gated = db->saw_gated };
	}
	if (kept != NULL) {
		kept->is_busy = true;
		kept->used = ++db->uses;
		query->stmt = kept->stmt;
	}
	query->kept = kept;
}

/* The rules that preparing alone cannot keep, because a statement is prepared once. */
static void allow(struct query *query)
{
	const struct db *db = query->db;

	if (query->kept != NULL && query->kept->is_gated && !db->gate)
		query->ok = err_set(query->err, ERR_DENIED,
		                    _("Accounts are changed by an administrator only; nothing was changed."));
	else if (!sqlite3_stmt_readonly(query->stmt) && !db->in_transaction)
		query->ok = err_set(query->err, ERR_SYSTEM, _("The store is written in a transaction only (db_begin)."));
	else if (db->in_transaction && sqlite3_get_autocommit(db->sqlite))
		query->ok = err_set(query->err, ERR_SYSTEM,
		                    _("What was being saved (begun at %s:%d) was rolled back after an error."),
		                    db->begun_file, db->begun_line);
}

struct query query_open(struct db *db, const char *sql, struct err *err)
{
	struct query query = { .db = db, .err = err, .ok = true };

	prepare(&query, sql);
	if (query.ok)
		allow(&query);
	return query;
}

bool query_row(struct query *query)
{
	if (!query->ok)
		return false;
	query->read = 0;
	const int rc = sqlite3_step(query->stmt);
	if (rc == SQLITE_ROW)
		return true;
	if (rc != SQLITE_DONE)
		query->ok = db_fault(query->db, rc, query->err);
	return false;
}

bool query_close(struct query *query)
{
	if (query->kept != NULL) {
		sqlite3_reset(query->stmt);
		sqlite3_clear_bindings(query->stmt);
		query->kept->is_busy = false;
	} else {
		sqlite3_finalize(query->stmt);
	}
	query->stmt = NULL;
	query->kept = NULL;
	return query->ok;
}

bool query_run(struct query *query)
{
	while (query_row(query))
		;
	return query_close(query);
}

void query_fail(struct query *query)
{
	query->ok = false;
}

static void bound(struct query *query, int rc)
{
	if (rc != SQLITE_OK)
		query->ok = db_fault(query->db, rc, query->err);
}

void query_bind_int(struct query *query, int64_t value)
{
	if (query->ok)
		bound(query, sqlite3_bind_int64(query->stmt, ++query->bound, value));
}

void query_bind_id(struct query *query, int64_t id)
{
	if (id != 0)
		query_bind_int(query, id);
	else
		query_bind_text(query, NULL);
}

void query_bind_text(struct query *query, const char *text)
{
	if (query->ok)
		bound(query, sqlite3_bind_text(query->stmt, ++query->bound, text, -1, SQLITE_STATIC));
}

void query_bind_name(struct query *query, const char *text)
{
	query_bind_text(query, text != NULL ? text : "");
}

void query_bind_utc(struct query *query, int64_t utc)
{
	char stamp[CLOCK_STAMP_SIZE];

	if (!query->ok)
		return;
	if (utc == 0)
		query_bind_text(query, NULL);
	else
		bound(query, sqlite3_bind_text(query->stmt, ++query->bound, clock_stamp(utc, stamp), -1,
		                               SQLITE_TRANSIENT));
}

void query_bind_json(struct query *query, const json_t *value)
{
	if (!query->ok)
		return;
	if (value == NULL || json_is_null(value))
		query_bind_text(query, NULL);
	else
		bound(query, sqlite3_bind_text(query->stmt, ++query->bound, json_line(value), -1, free));
}

void query_bind_bytes(struct query *query, const void *bytes, size_t len)
{
	if (query->ok)
		bound(query, sqlite3_bind_blob64(query->stmt, ++query->bound, len > 0 ? bytes : "", len, SQLITE_STATIC));
}

int64_t query_read_int(struct query *query)
{
	return query->ok ? sqlite3_column_int64(query->stmt, query->read++) : 0;
}

bool query_read_flag(struct query *query)
{
	return query_read_int(query) != 0;
}

const char *query_peek_text(struct query *query, size_t *len)
{
	const char *text = NULL;
	size_t bytes = 0;

	if (query->ok) {
		const int column = query->read++;

		text = (const char *)sqlite3_column_text(query->stmt, column);
		bytes = (size_t)sqlite3_column_bytes(query->stmt, column);
		if (text == NULL && sqlite3_column_type(query->stmt, column) != SQLITE_NULL)
			query->ok = db_fault(query->db, SQLITE_NOMEM, query->err);
	}
	if (len != NULL)
		*len = bytes;
	return text;
}

const void *query_peek_bytes(struct query *query, size_t *len)
{
	const void *bytes = query->ok ? sqlite3_column_blob(query->stmt, query->read) : NULL;

	*len = query->ok ? (size_t)sqlite3_column_bytes(query->stmt, query->read++) : 0;
	if (bytes == NULL && *len > 0)
		query->ok = db_fault(query->db, SQLITE_NOMEM, query->err);
	return bytes;
}

char *query_read_text(struct query *query)
{
	size_t len;
	const char *text = query_peek_text(query, &len);

	return text != NULL ? mem_text_len(text, len) : NULL;
}

int64_t query_read_utc(struct query *query)
{
	const char *text = query_peek_text(query, NULL);
	int64_t utc = 0;

	if (text != NULL && !clock_parse(text, &utc))
		query->ok = err_set(query->err, ERR_DAMAGED, _("\"%s\" in the store is no time."), text);
	return utc;
}

json_t *query_read_json(struct query *query, const char *what)
{
	size_t len;
	const char *text = query_peek_text(query, &len);
	json_t *value = text != NULL ? json_parse(text, len, what, query->err) : NULL;

	if (text != NULL && value == NULL) {
		query->ok = false;
		if (query->err != NULL)
			query->err->code = ERR_DAMAGED;
	}
	return value;
}

void query_read_into(struct query *query, char *into, size_t size)
{
	const char *text = query_peek_text(query, NULL);

	str_copy(into, size, text != NULL ? text : "");
}

bool query_number(struct db *db, const char *sql, int64_t *value, struct err *err)
{
	struct query query = query_open(db, sql, err);

	*value = query_row(&query) ? query_read_int(&query) : 0;
	return query_close(&query);
}
