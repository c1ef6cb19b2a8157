/* The parts of a check that read every record, attachment and search text, a slice a step. */
#include <string.h>

#include "base/hash.h"
#include "base/str.h"
#include "base/text.h"
#include "store/check_parts.h"
#include "store/query.h"
#include "store/record_parts.h"
#include "store/search_words.h"

enum {
	SLICE = 200,
	PROBE_WORDS = 2, /* of a text, looked for in the index */
};

static bool judge_record(struct query *query, struct part *part)
{
	char made[HASH_HEX_SIZE], journaled[HASH_HEX_SIZE];

	if (!row_hash(query, NULL, RECORD_COLUMN_COUNT, made, query->err))
		return false;
	const bool is_json = query_read_flag(query);
	query_read_into(query, journaled, sizeof(journaled));
	query->read = 0;
	part->cursor = query_read_int(query);
	part->report->records++;
	if (!is_json)
		part_finds(part, _("The content of record #%lld cannot be read: it is no JSON object."),
		           (long long)part->cursor);
	if (journaled[0] == '\0')
		part_finds(part, _("The journal knows nothing of record #%lld."), (long long)part->cursor);
	else if (strcmp(made, journaled) != 0)
		part_finds(part, _("Record #%lld was changed behind the journal's back."), (long long)part->cursor);
	return query->ok;
}

bool part_records(struct part *part, bool *done, struct err *err)
{
	struct query query = query_open(part->db,
		"SELECT " RECORD_COLUMNS ", coalesce(json_type(iif(json_valid(r.body), r.body, 'null')) = 'object', 0),"
		" (SELECT j.record_hash FROM journal j WHERE j.record = r.id ORDER BY j.seq DESC LIMIT 1)"
		" FROM record r WHERE r.id > ?1 ORDER BY r.id LIMIT ?2", err);
	int rows = 0;

	query_bind_int(&query, part->cursor);
	query_bind_int(&query, SLICE);
	for (; query_row(&query); rows++)
		if (!judge_record(&query, part))
			query_fail(&query);
	*done = rows < SLICE;
	return query_close(&query);
}

bool part_attachments(struct part *part, bool *done, struct err *err)
{
	struct query query = query_open(part->db,
		"SELECT id, record, size, sm3, bytes FROM attachment WHERE id > ?1 ORDER BY id LIMIT 1", err);

	query_bind_int(&query, part->cursor);
	*done = !query_row(&query);
	if (!*done) {
		char kept[HASH_HEX_SIZE], found[HASH_HEX_SIZE];
		size_t len;

		part->cursor = query_read_int(&query);
		const int64_t record = query_read_int(&query), size = query_read_int(&query);
		query_read_into(&query, kept, sizeof(kept));
		const void *bytes = query_peek_bytes(&query, &len);
		if (!hash_bytes(bytes != NULL ? bytes : "", len, found, err))
			query_fail(&query);
		else if ((int64_t)len != size || strcmp(kept, found) != 0)
			part_finds(part, _("Attachment %lld of record #%lld is not what was stored."),
			           (long long)part->cursor, (long long)record);
		part->report->attachments++;
	}
	return query_close(&query);
}

/* Is RECORD found by the first words of its own text? */
static bool is_found(struct part *part, int64_t record, const char *text, bool *found, struct err *err)
{
	struct str words = STR_INIT, match = STR_INIT;

	*found = true;
	search_words(&words, text, strlen(text), PROBE_WORDS);
	if (words.len == 0)
		return str_release(&words), true;
	str_addf(&match, "\"%s\"", str_text(&words) + 1);
	struct query query = query_open(part->db,
		"SELECT 1 FROM search_index WHERE search_index MATCH ?1 AND rowid = ?2", err);

	query_bind_text(&query, str_text(&match));
	query_bind_int(&query, record);
	*found = query_row(&query);
	const bool done = query_close(&query);
	str_release(&match);
	str_release(&words);
	return done;
}

bool part_search(struct part *part, bool *done, struct err *err)
{
	struct query query = query_open(part->db,
		"SELECT r.id, t.text FROM record r LEFT JOIN search_text t ON t.record = r.id"
		" WHERE r.id > ?1 AND (t.record IS NOT NULL OR r.number IS NOT NULL) ORDER BY r.id LIMIT ?2", err);
	int rows = 0;

	query_bind_int(&query, part->cursor);
	query_bind_int(&query, SLICE);
	for (; query_row(&query); rows++) {
		bool found = false;

		part->cursor = query_read_int(&query);
		const char *text = query_peek_text(&query, NULL);
		if (text != NULL && !is_found(part, part->cursor, text, &found, err))
			query_fail(&query);
		else if (!found)
			part_finds(part, _("Record #%lld cannot be found by searching for its text."),
			           (long long)part->cursor);
	}
	*done = rows < SLICE;
	return query_close(&query);
}
