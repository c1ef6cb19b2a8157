/*
 * record_parts: how a record's row is read. Private to store/record*.c,
 * journal.c and check*.c.
 */
#ifndef YW_STORE_RECORD_PARTS_H
#define YW_STORE_RECORD_PARTS_H

#include "base/hash.h"
#include "model/record.h"
#include "store/query.h"

/* Every stored column, in the order in which record_read() and row_hash() read them. */
#define RECORD_COLUMNS                                                                             \
	"r.id, r.form, r.form_hash, r.number, r.code, r.filing_number, r.state, r.department, "    \
	"r.applicant, r.author, r.title, r.occurred_at, r.entered_at, r.submitted_at, "            \
	"r.updated_at, r.state_since, r.late, r.version, r.body"
enum { RECORD_COLUMN_COUNT = 19 };

/* The record of the row that QUERY stands at; NULL if the query failed. */
struct record *record_read(struct query *query);

/*
 * Reads the next COUNT columns of the row and hashes PREFIX (may be NULL) and
 * them, each with its length, so that no two different rows give the same bytes.
 */
bool row_hash(struct query *query, const char *prefix, int count, char hex[HASH_HEX_SIZE], struct err *err);

#endif
