#include "store/journal.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "store/db_parts.h"
#include "store/journal_parts.h"
#include "store/query.h"
#include "store/record.h"
#include "store/record_parts.h"

enum { PAGE = 50 };

bool journal_head(struct db *db, struct journal_head *head, struct err *err)
{
	struct query query = query_open(db, "SELECT seq, hash FROM journal_head WHERE id = 1", err);
	const bool found = query_row(&query);

	head->seq = found ? query_read_int(&query) : 0;
	query_read_into(&query, head->hash, sizeof(head->hash));
	if (!query_close(&query))
		return false;
	return found || err_set(err, ERR_DAMAGED, _("The journal has lost its head."));
}

static bool set_head(struct db *db, int64_t seq, const char *hash, struct err *err)
{
	struct query query = query_open(db, "UPDATE journal_head SET seq = ?1, hash = ?2 WHERE id = 1", err);

	query_bind_int(&query, seq);
	query_bind_text(&query, hash);
	return query_run(&query);
}

/* A line with all that stands in its row beside the chain: hashed first, then written, the same both times. */
struct row {
	const struct journal_line *line;
	int64_t at_utc; /* asked once: between hashing and writing the clock may go on to the next second */
	const char *changes;
	const char *record_hash;
	struct journal_head head; /* of the journal before it */
};

static void bind_row(struct query *query, const struct row *row)
{
	const struct journal_line *line = row->line;
	const struct actor *actor = line->actor;

	query_bind_utc(query, row->at_utc);
	query_bind_name(query, actor != NULL ? actor->person : NULL);
	query_bind_text(query, actor != NULL ? actor->login : NULL);
	query_bind_text(query, actor != NULL ? actor->acting_for : NULL);
	query_bind_text(query, actor != NULL ? actor->origin : NULL);
	query_bind_id(query, line->record);
	query_bind_text(query, line->action);
	query_bind_text(query, line->from);
	query_bind_text(query, line->to);
	query_bind_text(query, line->note);
	query_bind_text(query, row->changes);
	query_bind_text(query, row->record_hash);
	query_bind_int(query, row->head.seq + 1);
}

/*
 * The hash is made of the values as SQLite binds them, before anything is
 * written: a row of the journal is never updated, not even by us.
 */
static bool hash_row(struct db *db, const struct row *row, char hex[HASH_HEX_SIZE], struct err *err)
{
	struct query query = query_open(db,
		"SELECT ?13, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12", err);

	bind_row(&query, row);
	if (query_row(&query) && !row_hash(&query, row->head.hash, JOURNAL_HASHED, hex, err))
		query_fail(&query);
	return query_close(&query);
}

static bool insert_row(struct db *db, const struct row *row, const char *hash, struct err *err)
{
	struct query query = query_open(db,
		"INSERT INTO journal (at, actor, login, acting_for, origin, record, action, from_state, to_state, note,"
		" changes, record_hash, seq, previous, hash)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)", err);

	bind_row(&query, row);
	query_bind_text(&query, row->head.hash);
	query_bind_text(&query, hash);
	return query_run(&query);
}

bool journal_append(struct db *db, const struct journal_line *line, int64_t *seq, struct err *err)
{
	char hash[HASH_HEX_SIZE], digest[HASH_HEX_SIZE];
	char *changes = line->changes != NULL ? json_line(line->changes) : NULL;
	struct row row = { .line = line, .at_utc = clock_now(), .changes = changes,
		           .record_hash = line->record != 0 ? digest : NULL };
	bool done = journal_head(db, &row.head, err);

	if (done && line->record != 0)
		done = record_hash(db, line->record, digest, err);
	done = done && hash_row(db, &row, hash, err) && insert_row(db, &row, hash, err) &&
	       set_head(db, row.head.seq + 1, hash, err);
	free(changes);
	if (done && line->record != 0)
		db_note_journaled(db, line->record);
	if (done && seq != NULL)
		*seq = row.head.seq + 1;
	return done;
}

static void read_entry(struct query *query, struct journal_entry *entry)
{
	entry->seq = query_read_int(query);
	entry->at_utc = query_read_utc(query);
	entry->actor = query_read_text(query);
	entry->login = query_read_text(query);
	entry->acting_for = query_read_text(query);
	entry->origin = query_read_text(query);
	entry->record = query_read_int(query);
	entry->action = query_read_text(query);
	entry->from = query_read_text(query);
	entry->to = query_read_text(query);
	entry->note = query_read_text(query);
	entry->changes = query_read_text(query);
	entry->record_hash = query_read_text(query);
	entry->previous = query_read_text(query);
	entry->hash = query_read_text(query);
}

static struct query open_list(struct db *db, const struct journal_filter *f, struct err *err)
{
	struct str sql = STR_INIT;

	str_add(&sql, "SELECT " JOURNAL_COLUMNS " FROM journal WHERE 1");
	str_add(&sql, f->record != 0 ? " AND record = ?" : "");
	str_add(&sql, f->actor != NULL ? " AND actor = ?" : "");
	str_add(&sql, f->action != NULL ? " AND action = ?" : "");
	str_add(&sql, f->from_utc != 0 ? " AND at >= ?" : "");
	str_add(&sql, f->until_utc != 0 ? " AND at < ?" : "");
	str_add(&sql, f->after == 0 ? "" : f->oldest_first ? " AND seq > ?" : " AND seq < ?");
	str_add(&sql, f->oldest_first ? " ORDER BY seq LIMIT ?" : " ORDER BY seq DESC LIMIT ?");
	struct query query = query_open(db, str_text(&sql), err);
	str_release(&sql);
	return query;
}

bool journal_list(struct db *db, const struct journal_filter *filter, struct journal_entry **entries, size_t *count,
                  struct err *err)
{
	const struct journal_filter *f = filter;
	struct query query = open_list(db, f, err);

	*entries = NULL;
	*count = 0;
	if (f->record != 0)
		query_bind_int(&query, f->record);
	if (f->actor != NULL)
		query_bind_text(&query, f->actor);
	if (f->action != NULL)
		query_bind_text(&query, f->action);
	if (f->from_utc != 0)
		query_bind_utc(&query, f->from_utc);
	if (f->until_utc != 0)
		query_bind_utc(&query, f->until_utc);
	if (f->after != 0)
		query_bind_int(&query, f->after);
	query_bind_int(&query, f->limit > 0 ? f->limit : PAGE);
	while (query_row(&query)) {
		*entries = mem_resize(*entries, *count + 1, sizeof(**entries));
		read_entry(&query, &(*entries)[(*count)++]);
	}
	if (query_close(&query))
		return true;
	journal_entries_free(entries, *count);
	*count = 0;
	return false;
}

void journal_entries_free(struct journal_entry **entries, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct journal_entry *entry = &(*entries)[i];
		char *const texts[] = { entry->actor, entry->login, entry->acting_for, entry->origin, entry->action,
			                entry->from, entry->to, entry->note, entry->changes, entry->record_hash,
			                entry->previous, entry->hash };

		for (size_t t = 0; t < sizeof(texts) / sizeof(texts[0]); t++)
			free(texts[t]);
	}
	free(*entries);
	*entries = NULL;
}

json_t *journal_actors(struct db *db, int64_t record, struct err *err)
{
	json_t *actors = json_object();
	struct query query = query_open(db,
		"SELECT action, actor FROM journal WHERE record = ?1 AND actor <> '' GROUP BY action, actor"
		" ORDER BY min(seq)", err);

	query_bind_int(&query, record);
	while (query_row(&query)) {
		const char *action = query_peek_text(&query, NULL);
		const char *actor = query_peek_text(&query, NULL);
		json_t *names;

		if (action == NULL || actor == NULL)
			break;
		names = json_object_get(actors, action);
		if (names == NULL) {
			names = json_array();
			json_object_set_new(actors, action, names);
		}
		json_array_append_new(names, json_string(actor));
	}
	if (query_close(&query))
		return actors;
	json_decref(actors);
	return NULL;
}
