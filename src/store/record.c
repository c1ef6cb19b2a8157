#include "store/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "store/db_parts.h"
#include "store/record_parts.h"

struct record *record_read(struct query *query)
{
	struct record *record = mem_new(struct record);
	char what[40];

	record->id = query_read_int(query);
	record->form = query_read_text(query);
	record->form_hash = query_read_text(query);
	record->number = query_read_text(query);
	record->code = query_read_text(query);
	record->filing_number = query_read_text(query);
	record->state = query_read_text(query);
	record->department = query_read_text(query);
	record->applicant = query_read_text(query);
	record->author = query_read_int(query);
	record->title = query_read_text(query);
	record->occurred_utc = query_read_utc(query);
	record->entered_utc = query_read_utc(query);
	record->submitted_utc = query_read_utc(query);
	record->updated_utc = query_read_utc(query);
	record->state_since_utc = query_read_utc(query);
	record->late = query_read_flag(query);
	record->version = query_read_int(query);
	snprintf(what, sizeof(what), "record %lld", (long long)record->id);
	record->body = query_read_json(query, what);
	if (!query->ok)
		record_free(&record);
	return record;
}

bool row_hash(struct query *query, const char *prefix, int count, char hex[HASH_HEX_SIZE], struct err *err)
{
	struct hash *hash = hash_new(err);
	char length[24];

	if (hash == NULL)
		return false;
	if (prefix != NULL)
		hash_add(hash, prefix, strlen(prefix));
	for (int i = 0; i < count; i++) {
		size_t len;
		const char *text = query_peek_text(query, &len);
		const int n = text != NULL ? snprintf(length, sizeof(length), "%zu:", len)
		                           : snprintf(length, sizeof(length), "-");

		hash_add(hash, length, (size_t)n);
		hash_add(hash, text != NULL ? text : "", len);
	}
	if (query->ok)
		return hash_end(&hash, hex, err);
	hash_free(&hash);
	return false;
}

static void bind_content(struct query *query, const struct record *record)
{
	query_bind_text(query, record->form);
	query_bind_text(query, record->form_hash);
	query_bind_text(query, record->number);
	query_bind_text(query, record->code);
	query_bind_text(query, record->filing_number);
	query_bind_text(query, record->state);
	query_bind_name(query, record->department);
	query_bind_name(query, record->applicant);
	query_bind_id(query, record->author);
	query_bind_name(query, record->title);
	query_bind_utc(query, record->occurred_utc);
	query_bind_utc(query, record->entered_utc);
	query_bind_utc(query, record->submitted_utc);
	query_bind_utc(query, record->updated_utc);
	query_bind_utc(query, record->state_since_utc);
	query_bind_int(query, record->late);
	query_bind_json(query, record->body);
}

bool record_insert(struct db *db, struct record *record, struct err *err)
{
	struct query query = query_open(db,
		"INSERT INTO record (form, form_hash, number, code, filing_number, state, department, applicant, author,"
		" title, occurred_at, entered_at, submitted_at, updated_at, state_since, late, body, version)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, 1)", err);

	record->updated_utc = clock_now();
	if (record->entered_utc == 0)
		record->entered_utc = record->updated_utc;
	if (record->state_since_utc == 0)
		record->state_since_utc = record->updated_utc;
	bind_content(&query, record);
	if (!query_run(&query))
		return false;
	record->id = sqlite3_last_insert_rowid(db->sqlite);
	record->version = 1;
	db_note_written(db, record->id);
	return true;
}

bool record_update(struct db *db, struct record *record, struct err *err)
{
	struct query query = query_open(db,
		"UPDATE record SET form = ?1, form_hash = ?2, number = ?3, code = ?4, filing_number = ?5, state = ?6,"
		" department = ?7, applicant = ?8, author = ?9, title = ?10, occurred_at = ?11, entered_at = ?12,"
		" submitted_at = ?13, updated_at = ?14, state_since = ?15, late = ?16, body = ?17, version = version + 1"
		" WHERE id = ?18 AND version = ?19", err);

	record->updated_utc = clock_now();
	bind_content(&query, record);
	query_bind_int(&query, record->id);
	query_bind_int(&query, record->version);
	if (!query_run(&query))
		return false;
	if (sqlite3_changes(db->sqlite) == 0)
		return err_set(err, ERR_BUSY,
		               _("This record was changed by somebody else meanwhile; nothing of yours was written."));
	record->version++;
	db_note_written(db, record->id);
	return true;
}

/* The one row of QUERY as a record, or NULL. */
static struct record *read_one(struct query *query)
{
	struct record *record = query_row(query) ? record_read(query) : NULL;

	if (!query_close(query))
		record_free(&record);
	return record;
}

static struct record *find_by_text(struct db *db, const char *sql, const char *text, struct err *err)
{
	struct query query = query_open(db, sql, err);

	query_bind_text(&query, text);
	return read_one(&query);
}

struct record *record_by_id(struct db *db, int64_t id, struct err *err)
{
	struct query query;

	err_clear(err);
	query = query_open(db, "SELECT " RECORD_COLUMNS " FROM record r WHERE r.id = ?1", err);
	query_bind_int(&query, id);
	return read_one(&query);
}

struct record *record_by_number(struct db *db, const char *number, struct err *err)
{
	err_clear(err);
	return find_by_text(db, "SELECT " RECORD_COLUMNS " FROM record r WHERE r.number = ?1", number, err);
}

struct record *record_by_code(struct db *db, const char *code, struct err *err)
{
	err_clear(err);
	return find_by_text(db, "SELECT " RECORD_COLUMNS " FROM record r WHERE r.code = ?1", code, err);
}

static struct record *by_filing_number(struct db *db, const char *number, struct err *err)
{
	err_clear(err);
	return find_by_text(db, "SELECT " RECORD_COLUMNS " FROM record r WHERE r.filing_number = ?1", number, err);
}

struct record *record_find(struct db *db, const char *what, struct err *err)
{
	struct err here = { .code = ERR_NONE };
	struct record *record = NULL;
	char *end;

	if (what[0] == '#') {
		const long long id = strtoll(what + 1, &end, 10);

		return *end == '\0' && end != what + 1 ? record_by_id(db, id, err) : (err_clear(err), NULL);
	}
	record = record_by_number(db, what, &here);
	if (record == NULL && here.code == ERR_NONE)
		record = record_by_code(db, what, &here);
	if (record == NULL && here.code == ERR_NONE)
		record = by_filing_number(db, what, &here);
	if (err != NULL)
		*err = here;
	return record;
}

bool record_hash(struct db *db, int64_t id, char hex[HASH_HEX_SIZE], struct err *err)
{
	struct query query = query_open(db, "SELECT " RECORD_COLUMNS " FROM record r WHERE r.id = ?1", err);
	bool found;

	query_bind_int(&query, id);
	found = query_row(&query);
	if (found && !row_hash(&query, NULL, RECORD_COLUMN_COUNT, hex, err))
		query_fail(&query);
	if (!query_close(&query))
		return false;
	return found || err_set(err, ERR_REFUSED, _("There is no record #%lld."), (long long)id);
}
