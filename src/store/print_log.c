#include "store/print_log.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "store/db_parts.h"
#include "store/query.h"
#include "store/record.h"

enum { PAGE = 50, CODE_LEAST = 8 };

static bool count_copies(struct db *db, const struct print_entry *entry, int *copies, struct err *err)
{
	struct query query = query_open(db, "SELECT count(*) FROM print_log WHERE record IS ?1 AND what = ?2", err);

	query_bind_id(&query, entry->record);
	query_bind_text(&query, entry->what);
	*copies = query_row(&query) ? (int)query_read_int(&query) : 0;
	return query_close(&query);
}

bool print_log_add(struct db *db, struct print_entry *entry, struct err *err)
{
	int copies;

	entry->at_utc = clock_now();
	entry->record_hash[0] = '\0';
	if (entry->record != 0 && !record_hash(db, entry->record, entry->record_hash, err))
		return false;
	if (!journal_head(db, &entry->head, err) || !count_copies(db, entry, &copies, err))
		return false;
	entry->copy = copies + 1;
	struct query query = query_open(db,
		"INSERT INTO print_log (record, what, person, printed_at, copy, head_seq, head_hash, record_hash)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", err);

	query_bind_id(&query, entry->record);
	query_bind_text(&query, entry->what);
	query_bind_name(&query, entry->person);
	query_bind_utc(&query, entry->at_utc);
	query_bind_int(&query, entry->copy);
	query_bind_int(&query, entry->head.seq);
	query_bind_text(&query, entry->head.hash);
	query_bind_text(&query, entry->record != 0 ? entry->record_hash : NULL);
	if (!query_run(&query))
		return false;
	entry->id = sqlite3_last_insert_rowid(db->sqlite);
	return true;
}

#define PRINT_COLUMNS "id, record, what, person, printed_at, copy, head_seq, head_hash, record_hash"

static bool read_all(struct query *query, struct print_entry **entries, size_t *count)
{
	*entries = NULL;
	*count = 0;
	while (query_row(query)) {
		*entries = mem_resize(*entries, *count + 1, sizeof(**entries));
		struct print_entry *entry = &(*entries)[(*count)++];

		entry->id = query_read_int(query);
		entry->record = query_read_int(query);
		entry->what = query_read_text(query);
		entry->person = query_read_text(query);
		entry->at_utc = query_read_utc(query);
		entry->copy = (int)query_read_int(query);
		entry->head.seq = query_read_int(query);
		query_read_into(query, entry->head.hash, sizeof(entry->head.hash));
		query_read_into(query, entry->record_hash, sizeof(entry->record_hash));
	}
	if (query_close(query))
		return true;
	print_entries_free(entries, *count);
	*count = 0;
	return false;
}

bool print_log_list(struct db *db, int64_t record, int limit, struct print_entry **entries, size_t *count,
                    struct err *err)
{
	struct query query = query_open(db, record != 0
		? "SELECT " PRINT_COLUMNS " FROM print_log WHERE record = ?1 ORDER BY id DESC LIMIT ?2"
		: "SELECT " PRINT_COLUMNS " FROM print_log WHERE ?1 IS NULL ORDER BY id DESC LIMIT ?2", err);

	query_bind_id(&query, record);
	query_bind_int(&query, limit > 0 ? limit : PAGE);
	return read_all(&query, entries, count);
}

/* Hex only, folded to lower case: what a person copied from paper. */
static bool fold_code(const char *code, char hex[HASH_HEX_SIZE])
{
	size_t len = 0;

	for (; *code != '\0'; code++) {
		const char c = *code >= 'A' && *code <= 'F' ? (char)(*code - 'A' + 'a') : *code;

		if (c == ' ' || c == '-')
			continue;
		if (strchr("0123456789abcdef", c) == NULL || len == HASH_HEX_SIZE - 1)
			return false;
		hex[len++] = c;
	}
	hex[len] = '\0';
	return len >= CODE_LEAST;
}

bool print_log_by_code(struct db *db, const char *code, struct print_entry **entries, size_t *count,
                       struct err *err)
{
	char first[HASH_HEX_SIZE];

	*entries = NULL;
	*count = 0;
	if (!fold_code(code, first))
		return err_set(err, ERR_REFUSED,
		               _("\"%s\" is no code from a printed page: it needs at least 8 of the digits 0-9 and a-f."),
		               code);
	/* "g" comes after every digit: the range holds what begins with the code, and uses the index. */
	char *last = str_format("%sg", first);
	struct query query = query_open(db,
		"SELECT " PRINT_COLUMNS " FROM print_log WHERE record_hash >= ?1 AND record_hash < ?2 ORDER BY id DESC", err);

	query_bind_text(&query, first);
	query_bind_text(&query, last);
	const bool done = read_all(&query, entries, count);
	free(last);
	return done;
}

void print_entries_free(struct print_entry **entries, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free((*entries)[i].what);
		free((*entries)[i].person);
	}
	free(*entries);
	*entries = NULL;
}
