/*
 * query: one statement being used. Private to store/.
 *
 * Parameters are bound and columns read in order, without counting:
 *
 *	struct query q = query_open(db, "SELECT id, name FROM person WHERE post = ?1", err);
 *
 *	query_bind_text(&q, post);
 *	while (query_row(&q))
 *		add(query_read_int(&q), query_read_text(&q));
 *	return query_close(&q);
 *
 * After the first failure every call does nothing, query_row() says false and
 * query_close() returns false with ERR filled. Statements stay prepared, found
 * again by their SQL. Writes outside a transaction are refused.
 */
#ifndef YW_STORE_QUERY_H
#define YW_STORE_QUERY_H

#include <jansson.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "store/db.h"

struct query {
	struct db *db;
	struct err *err;
	sqlite3_stmt *stmt;      /* NULL after a failure to prepare */
	struct statement *kept;  /* NULL: thrown away at the end */
	int bound, read;
	bool ok;
};

struct query query_open(struct db *db, const char *sql, struct err *err);
/* The next row; false at the end and after a failure. */
bool query_row(struct query *query);
/* Every query is closed, once. */
bool query_close(struct query *query);
/* Runs a statement that gives no rows, and closes it. */
bool query_run(struct query *query);
/* Fails the query with a fault of ours, which ERR already holds. */
void query_fail(struct query *query);

/* Texts must live until query_close(). NULL and, where said, 0 become SQL's NULL. */
void query_bind_int(struct query *query, int64_t value);
void query_bind_id(struct query *query, int64_t id);               /* 0: NULL */
void query_bind_text(struct query *query, const char *text);
void query_bind_name(struct query *query, const char *text);       /* NULL: "" */
void query_bind_utc(struct query *query, int64_t utc);             /* 0: NULL */
void query_bind_json(struct query *query, const json_t *value);    /* in the order of its keys */
void query_bind_bytes(struct query *query, const void *bytes, size_t len);

int64_t query_read_int(struct query *query);                       /* NULL: 0 */
bool query_read_flag(struct query *query);
char *query_read_text(struct query *query);                        /* caller frees; NULL: NULL */
const char *query_peek_text(struct query *query, size_t *len);     /* until the next row; LEN may be NULL */
const void *query_peek_bytes(struct query *query, size_t *len);
int64_t query_read_utc(struct query *query);                       /* NULL: 0 */
json_t *query_read_json(struct query *query, const char *what);    /* new reference; NULL: NULL; ERR_DAMAGED if it is none */
void query_read_into(struct query *query, char *text, size_t size); /* bounded copy; NULL: "" */

/* A single number; NULL or no row: 0. */
bool query_number(struct db *db, const char *sql, int64_t *value, struct err *err);

#endif
